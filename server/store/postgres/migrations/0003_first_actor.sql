ALTER TABLE "incidents" ADD COLUMN "first_actor" text collate "C";--> statement-breakpoint
ALTER TABLE "log_head" ADD COLUMN "projection_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "incidents_first_actor" ON "incidents" USING btree ("first_actor","first_at" desc,"id");