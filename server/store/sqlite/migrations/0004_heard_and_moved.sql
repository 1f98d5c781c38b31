CREATE TABLE `position_sources` (
	`source` text PRIMARY KEY NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `last_positions` ADD `revision` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `last_positions_revision` ON `last_positions` (`revision`);--> statement-breakpoint
CREATE INDEX `area_counts_open` ON `area_counts` (`area`,`day`,`open`,`cohort`) WHERE "area_counts"."open" > 0;--> statement-breakpoint
CREATE INDEX `incidents_source` ON `incidents` (`source`,`last_recorded_at`);