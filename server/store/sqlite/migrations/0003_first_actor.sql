ALTER TABLE `incidents` ADD `first_actor` text;--> statement-breakpoint
CREATE INDEX `incidents_first_actor` ON `incidents` (`first_actor`,"first_at" desc,`id`);--> statement-breakpoint
ALTER TABLE `log_head` ADD `projection_version` integer DEFAULT 0 NOT NULL;