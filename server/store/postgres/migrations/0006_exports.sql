CREATE TABLE "export_records" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"token" text collate "C",
	"actor" text collate "C" NOT NULL,
	"name" text collate "C",
	"role" text collate "C",
	"areas" text collate "C",
	"what" text collate "C" NOT NULL,
	"format" text collate "C" NOT NULL,
	"filter" text collate "C" NOT NULL,
	"head" bigint NOT NULL,
	"n" bigint,
	"suppression_k" bigint,
	"sha256" text collate "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "export_records_at" ON "export_records" USING btree ("at" desc);