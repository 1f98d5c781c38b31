CREATE TABLE `looks` (
	`id` text PRIMARY KEY NOT NULL,
	`worker` text NOT NULL,
	`token` text,
	`actor` text NOT NULL,
	`name` text,
	`role` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `looks_worker` ON `looks` (`worker`,"at" desc);
--> statement-breakpoint
-- By hand: looks were settings before.
INSERT INTO `looks` (`id`, `worker`, `actor`, `name`, `role`, `from_at`, `to_at`, `reason`, `at`)
SELECT substr(`key`, 6), `value` ->> 'worker', `value` ->> 'by', `value` ->> 'name', `value` ->> 'role', `value` ->> 'from', `value` ->> 'to', `value` ->> 'reason', `value` ->> 'at'
FROM `settings` WHERE `key` GLOB 'look.*';
--> statement-breakpoint
DELETE FROM `settings` WHERE `key` GLOB 'look.*';
