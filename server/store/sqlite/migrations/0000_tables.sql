CREATE TABLE `area_counts` (
	`area` text NOT NULL,
	`day` text NOT NULL,
	`cohort` integer NOT NULL,
	`open` integer NOT NULL,
	PRIMARY KEY(`area`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `area_counts_day` ON `area_counts` (`day`);--> statement-breakpoint
CREATE TABLE `areas` (
	`code` text NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_to` integer,
	`parent` text,
	`level` text NOT NULL,
	`name` text NOT NULL,
	`households` integer,
	`geometry` text,
	`properties` text NOT NULL,
	PRIMARY KEY(`code`, `valid_from`)
);
--> statement-breakpoint
CREATE TABLE `categories` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`symbol` text NOT NULL,
	`auto_confirm` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `clocks` (
	`incident` text NOT NULL,
	`clock` text NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`elapsed_ms` integer,
	`limit_ms` integer,
	`deadline` integer,
	`breach_deadline` integer,
	`due_at` integer,
	PRIMARY KEY(`incident`, `clock`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `clocks_due_at` ON `clocks` (`due_at`) WHERE "clocks"."due_at" is not null;--> statement-breakpoint
CREATE TABLE `commands` (
	`id` text PRIMARY KEY NOT NULL,
	`request_hash` text NOT NULL,
	`position` integer NOT NULL,
	`stream` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `devices` (
	`key` text NOT NULL,
	`worker` text NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_to` integer,
	PRIMARY KEY(`key`, `valid_from`)
);
--> statement-breakpoint
CREATE TABLE `duty_spans` (
	`worker` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer,
	PRIMARY KEY(`worker`, `from_at`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `duty_spans_from_at` ON `duty_spans` (`from_at`);--> statement-breakpoint
CREATE TABLE `events` (
	`position` integer PRIMARY KEY NOT NULL,
	`stream` text NOT NULL,
	`version` integer NOT NULL,
	`event_id` text NOT NULL,
	`type` text NOT NULL,
	`schema_version` integer NOT NULL,
	`data` text NOT NULL,
	`actor` text,
	`command_id` text,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_event_id` ON `events` (`event_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `events_stream_version` ON `events` (`stream`,`version`);--> statement-breakpoint
CREATE TABLE `incident_areas` (
	`incident` text NOT NULL,
	`area` text NOT NULL,
	`first_at` integer NOT NULL,
	`is_current` integer NOT NULL,
	PRIMARY KEY(`incident`, `area`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `incident_areas_area` ON `incident_areas` (`area`,"first_at" desc,`incident`,`is_current`);--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`status` text NOT NULL,
	`is_open` integer NOT NULL,
	`category` text NOT NULL,
	`source` text NOT NULL,
	`tier` text,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`last_recorded_at` integer NOT NULL,
	`version` integer NOT NULL,
	`position` integer NOT NULL,
	`title` text,
	`lng` real,
	`lat` real,
	`doc` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_number` ON `incidents` (`number`);--> statement-breakpoint
CREATE INDEX `incidents_first_at` ON `incidents` ("first_at" desc,`id`);--> statement-breakpoint
CREATE INDEX `incidents_open` ON `incidents` ("first_at" desc,`id`) WHERE "incidents"."is_open" = 1;--> statement-breakpoint
CREATE INDEX `incidents_last_recorded_at` ON `incidents` (`last_recorded_at`);--> statement-breakpoint
CREATE INDEX `incidents_last_at` ON `incidents` (`last_at`);--> statement-breakpoint
CREATE TABLE `last_positions` (
	`worker` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `log_head` (
	`id` integer PRIMARY KEY NOT NULL,
	`position` integer NOT NULL,
	`hash` text NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `pairings` (
	`code` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `personal` (
	`subject` text NOT NULL,
	`field` text NOT NULL,
	`value` text,
	`salt` text,
	PRIMARY KEY(`subject`, `field`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `policies` (
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`valid_from` integer NOT NULL,
	`timezone` text NOT NULL,
	`at_risk_fraction` real NOT NULL,
	`choice` text NOT NULL,
	`clocks` text NOT NULL,
	PRIMARY KEY(`id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `positions` (
	`worker` text NOT NULL,
	`at` integer NOT NULL,
	`lng` real NOT NULL,
	`lat` real NOT NULL,
	`accuracy_m` real,
	`speed_mps` real,
	`course_deg` real,
	`battery_pct` real,
	`source` text NOT NULL,
	`datum` text NOT NULL,
	`original` text,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`worker`, `at`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `positions_at` ON `positions` (`at`);--> statement-breakpoint
CREATE TABLE `reference_revision` (
	`id` integer PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`role` text NOT NULL,
	`areas` text NOT NULL,
	`worker` text,
	`device` text,
	`name` text,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_hash` ON `tokens` (`hash`);--> statement-breakpoint
CREATE TABLE `worker_states` (
	`id` text PRIMARY KEY NOT NULL,
	`on_duty` integer NOT NULL,
	`since` integer NOT NULL,
	`position` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `workers` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`area` text,
	`leads` text NOT NULL,
	`telephone` text
);
