CREATE TABLE `export_records` (
	`id` text PRIMARY KEY NOT NULL,
	`token` text,
	`actor` text NOT NULL,
	`name` text,
	`role` text,
	`areas` text,
	`what` text NOT NULL,
	`format` text NOT NULL,
	`filter` text NOT NULL,
	`head` integer NOT NULL,
	`n` integer,
	`suppression_k` integer,
	`sha256` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `export_records_at` ON `export_records` ("at" desc);