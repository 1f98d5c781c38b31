CREATE TABLE "area_counts" (
	"area" text collate "C" NOT NULL,
	"day" text collate "C" NOT NULL,
	"cohort" integer NOT NULL,
	"open" integer NOT NULL,
	CONSTRAINT "area_counts_area_day_pk" PRIMARY KEY("area","day")
);
--> statement-breakpoint
CREATE TABLE "areas" (
	"code" text collate "C" NOT NULL,
	"valid_from" bigint NOT NULL,
	"valid_to" bigint,
	"parent" text collate "C",
	"level" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"households" integer,
	"geometry" text collate "C",
	"properties" text collate "C" NOT NULL,
	CONSTRAINT "areas_code_valid_from_pk" PRIMARY KEY("code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text collate "C" NOT NULL,
	"symbol" text collate "C" NOT NULL,
	"auto_confirm" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clocks" (
	"incident" text collate "C" NOT NULL,
	"clock" text collate "C" NOT NULL,
	"started_at" bigint,
	"ended_at" bigint,
	"elapsed_ms" bigint,
	"limit_ms" bigint,
	"deadline" bigint,
	"breach_deadline" bigint,
	"due_at" bigint,
	CONSTRAINT "clocks_incident_clock_pk" PRIMARY KEY("incident","clock")
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"request_hash" text collate "C" NOT NULL,
	"position" bigint NOT NULL,
	"stream" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"key" text collate "C" NOT NULL,
	"worker" text collate "C" NOT NULL,
	"valid_from" bigint NOT NULL,
	"valid_to" bigint,
	CONSTRAINT "devices_key_valid_from_pk" PRIMARY KEY("key","valid_from")
);
--> statement-breakpoint
CREATE TABLE "duty_spans" (
	"worker" text collate "C" NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint,
	CONSTRAINT "duty_spans_worker_from_at_pk" PRIMARY KEY("worker","from_at")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"position" bigint PRIMARY KEY NOT NULL,
	"stream" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"event_id" text collate "C" NOT NULL,
	"type" text collate "C" NOT NULL,
	"schema_version" integer NOT NULL,
	"data" text collate "C" NOT NULL,
	"actor" text collate "C",
	"command_id" text collate "C",
	"at" bigint NOT NULL,
	"recorded_at" bigint NOT NULL,
	"previous_hash" text collate "C" NOT NULL,
	"hash" text collate "C" NOT NULL,
	CONSTRAINT "events_event_id" UNIQUE("event_id"),
	CONSTRAINT "events_stream_version" UNIQUE("stream","version")
);
--> statement-breakpoint
CREATE TABLE "incident_areas" (
	"incident" text collate "C" NOT NULL,
	"area" text collate "C" NOT NULL,
	"first_at" bigint NOT NULL,
	"is_current" integer NOT NULL,
	CONSTRAINT "incident_areas_incident_area_pk" PRIMARY KEY("incident","area")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"number" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"is_open" integer NOT NULL,
	"category" text collate "C" NOT NULL,
	"source" text collate "C" NOT NULL,
	"tier" text collate "C",
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"last_recorded_at" bigint NOT NULL,
	"version" integer NOT NULL,
	"position" bigint NOT NULL,
	"title" text collate "C",
	"lng" double precision,
	"lat" double precision,
	"doc" text collate "C" NOT NULL,
	CONSTRAINT "incidents_number" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "last_positions" (
	"worker" text collate "C" PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"hash" text collate "C" NOT NULL,
	"recorded_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pairings" (
	"code" text collate "C" PRIMARY KEY NOT NULL,
	"hash" text collate "C" NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "personal" (
	"subject" text collate "C" NOT NULL,
	"field" text collate "C" NOT NULL,
	"value" text collate "C",
	"salt" text collate "C",
	CONSTRAINT "personal_subject_field_pk" PRIMARY KEY("subject","field")
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"valid_from" bigint NOT NULL,
	"timezone" text collate "C" NOT NULL,
	"at_risk_fraction" double precision NOT NULL,
	"choice" text collate "C" NOT NULL,
	"clocks" text collate "C" NOT NULL,
	CONSTRAINT "policies_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "positions" (
	"worker" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"lng" double precision NOT NULL,
	"lat" double precision NOT NULL,
	"accuracy_m" double precision,
	"speed_mps" double precision,
	"course_deg" double precision,
	"battery_pct" double precision,
	"source" text collate "C" NOT NULL,
	"datum" text collate "C" NOT NULL,
	"original" text collate "C",
	"recorded_at" bigint NOT NULL,
	CONSTRAINT "positions_worker_at_pk" PRIMARY KEY("worker","at")
);
--> statement-breakpoint
CREATE TABLE "reference_revision" (
	"id" integer PRIMARY KEY NOT NULL,
	"revision" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"value" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"hash" text collate "C" NOT NULL,
	"role" text collate "C" NOT NULL,
	"areas" text collate "C" NOT NULL,
	"worker" text collate "C",
	"device" text collate "C",
	"name" text collate "C",
	"created_at" bigint NOT NULL,
	"expires_at" bigint,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "worker_states" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"on_duty" integer NOT NULL,
	"since" bigint NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text collate "C" NOT NULL,
	"role" text collate "C" NOT NULL,
	"area" text collate "C",
	"leads" text collate "C" NOT NULL,
	"telephone" text collate "C"
);
--> statement-breakpoint
CREATE INDEX "area_counts_day" ON "area_counts" USING btree ("day");--> statement-breakpoint
CREATE INDEX "clocks_due_at" ON "clocks" USING btree ("due_at") WHERE "clocks"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "duty_spans_from_at" ON "duty_spans" USING btree ("from_at");--> statement-breakpoint
CREATE INDEX "incident_areas_area" ON "incident_areas" USING btree ("area","first_at" desc,"incident","is_current");--> statement-breakpoint
CREATE INDEX "incidents_first_at" ON "incidents" USING btree ("first_at" desc,"id");--> statement-breakpoint
CREATE INDEX "incidents_open" ON "incidents" USING btree ("first_at" desc,"id") WHERE "incidents"."is_open" = 1;--> statement-breakpoint
CREATE INDEX "incidents_last_recorded_at" ON "incidents" USING btree ("last_recorded_at");--> statement-breakpoint
CREATE INDEX "incidents_last_at" ON "incidents" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "positions_at" ON "positions" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "tokens_hash" ON "tokens" USING btree ("hash");