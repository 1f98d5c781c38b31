CREATE TABLE "looks" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"worker" text collate "C" NOT NULL,
	"token" text collate "C",
	"actor" text collate "C" NOT NULL,
	"name" text collate "C",
	"role" text collate "C" NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint NOT NULL,
	"reason" text collate "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "looks_worker" ON "looks" USING btree ("worker","at" desc);
--> statement-breakpoint
-- By hand: looks were settings before.
INSERT INTO "looks" ("id", "worker", "actor", "name", "role", "from_at", "to_at", "reason", "at")
SELECT substr("key", 6), v ->> 'worker', v ->> 'by', v ->> 'name', v ->> 'role', (v ->> 'from')::bigint, (v ->> 'to')::bigint, v ->> 'reason', (v ->> 'at')::bigint
FROM (SELECT "key", "value"::json AS v FROM "settings" WHERE "key" LIKE 'look.%') AS old;
--> statement-breakpoint
DELETE FROM "settings" WHERE "key" LIKE 'look.%';
