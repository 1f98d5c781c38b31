CREATE TABLE "position_sources" (
	"source" text collate "C" PRIMARY KEY NOT NULL,
	"recorded_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "last_positions" ADD COLUMN "revision" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "area_counts_open" ON "area_counts" USING btree ("area","day","open","cohort") WHERE "area_counts"."open" > 0;--> statement-breakpoint
CREATE INDEX "incidents_source" ON "incidents" USING btree ("source","last_recorded_at");--> statement-breakpoint
CREATE INDEX "last_positions_revision" ON "last_positions" USING btree ("revision");