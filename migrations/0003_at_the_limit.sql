-- Why: a check is stored without its receipt, which is put together from what was signed: half the bytes, and none of
-- them compressed in vain, as signatures do not compress; older rows keep their receipt inside. What every check reads
-- of an employer stays in its row, uncompressed, up to a page.
-- Locks: ACCESS EXCLUSIVE on checks while its constraint reads them, on summaries for a moment.
-- Duration: a second for a million checks.
ALTER TABLE "checks" ADD COLUMN "claims" text;--> statement-breakpoint
ALTER TABLE "checks" ADD COLUMN "receipt_key" text;--> statement-breakpoint
ALTER TABLE "checks" ADD COLUMN "signature" "bytea";--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_signed_whole" CHECK (num_nulls("checks"."claims", "checks"."receipt_key", "checks"."signature") in (0, 3));--> statement-breakpoint
ALTER TABLE "checks" SET (toast_tuple_target = 8160);--> statement-breakpoint
ALTER TABLE "summaries" SET (toast_tuple_target = 8160);--> statement-breakpoint
-- Why: a page of a list is read from where it begins to where it ends, of the nation or of a province, whatever the
-- number of employers: what stands in the months to come is told apart from what stands now. Stretches are derived,
-- and are computed again where a list next asks for them.
-- Locks: ACCESS EXCLUSIVE on stretches and summaries for a moment.
-- Duration on 10 million employers: a minute for marking the summaries.
TRUNCATE "stretches";--> statement-breakpoint
UPDATE "summaries" SET "ruleset_version" = '';--> statement-breakpoint
ALTER TABLE "stretches" ADD COLUMN "due_since" date DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
DROP INDEX "stretches_total";--> statement-breakpoint
DROP INDEX "stretches_months";--> statement-breakpoint
DROP INDEX "stretches_name";--> statement-breakpoint
-- A regency lies in one province: told so, the planner knows how many employers it has.
CREATE STATISTICS "stretches_regions" (dependencies) ON left("region_code", 2), "region_code" FROM "stretches";--> statement-breakpoint
CREATE INDEX "stretches_total" ON "stretches" USING btree ("due_since","total","employer_id","status");--> statement-breakpoint
CREATE INDEX "stretches_months" ON "stretches" USING btree ("due_since","months","employer_id","status");--> statement-breakpoint
CREATE INDEX "stretches_name" ON "stretches" USING btree ("due_since","legal_name","employer_id","status");--> statement-breakpoint
CREATE INDEX "stretches_province_total" ON "stretches" USING btree ("due_since",left("region_code", 2),"total","employer_id","region_code") WHERE "stretches"."status" <> 'compliant';--> statement-breakpoint
CREATE INDEX "stretches_province_months" ON "stretches" USING btree ("due_since",left("region_code", 2),"months","employer_id","region_code") WHERE "stretches"."status" <> 'compliant';--> statement-breakpoint
CREATE INDEX "stretches_province_name" ON "stretches" USING btree ("due_since",left("region_code", 2),"legal_name","employer_id","region_code") WHERE "stretches"."status" <> 'compliant';
--> statement-breakpoint
-- Why: persons as known to employers, one row a batch instead of one row and three index entries a person, which was
-- most of what an import cost; who declared a NIK is listed when it is asked for. The table `workers` becomes a view.
-- Locks: ACCESS EXCLUSIVE on workers. Duration on 10 million rows: a minute or two, it is read and sorted once.
CREATE TABLE "worker_batches" (
	"employer_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"worker_ids" "bytea" NOT NULL,
	"nik_indexes" "bytea" NOT NULL,
	CONSTRAINT "worker_batches_pk" PRIMARY KEY("employer_id","batch_id"),
	CONSTRAINT "worker_batches_whole" CHECK (octet_length("worker_batches"."worker_ids") = octet_length("worker_batches"."nik_indexes") and octet_length("worker_batches"."nik_indexes") % 16 = 0)
);
--> statement-breakpoint
-- Random bytes do not compress, and parts of them are read: out of line, and never tried.
ALTER TABLE "worker_batches" ALTER COLUMN "worker_ids" SET STORAGE EXTERNAL, ALTER COLUMN "nik_indexes" SET STORAGE EXTERNAL, SET (toast_tuple_target = 8160);--> statement-breakpoint
ALTER TABLE "declarations" ALTER COLUMN "roster" SET STORAGE EXTERNAL, SET (toast_tuple_target = 8160);--> statement-breakpoint
ALTER TABLE "roster_runs" ALTER COLUMN "lines" SET STORAGE EXTERNAL;--> statement-breakpoint
INSERT INTO "worker_batches" ("employer_id", "batch_id", "worker_ids", "nik_indexes")
SELECT employer_id, gen_random_uuid(), string_agg(uuid_send(worker_id), '' ORDER BY worker_id), string_agg(nik_index, '' ORDER BY worker_id)
FROM "workers" GROUP BY employer_id;--> statement-breakpoint
CREATE TABLE "nik_employers" (
	"nik_index" "bytea" NOT NULL,
	"employer_id" uuid NOT NULL
);
--> statement-breakpoint
INSERT INTO "nik_employers" SELECT nik_index, employer_id FROM "workers" ORDER BY 1, 2;--> statement-breakpoint
ALTER TABLE "nik_employers" ADD CONSTRAINT "nik_employers_pk" PRIMARY KEY("nik_index","employer_id");--> statement-breakpoint
CREATE TABLE "unlisted_batches" (
	"employer_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	CONSTRAINT "unlisted_batches_pk" PRIMARY KEY("employer_id","batch_id")
);
--> statement-breakpoint
DROP TABLE "workers";--> statement-breakpoint
CREATE VIEW "workers" AS
SELECT b.employer_id, encode(substring(b.worker_ids from 16 * n + 1 for 16), 'hex')::uuid AS worker_id,
       substring(b.nik_indexes from 16 * n + 1 for 16) AS nik_index
FROM "worker_batches" b, generate_series(0, octet_length(b.nik_indexes) / 16 - 1) AS n;
--> statement-breakpoint
-- Why: a declaration is never removed, so that these keys guarded nothing; but whoever kept what a roster costs or shows
-- locked its declaration for it, and so wrote its page, and its log, again.
-- Locks: ACCESS EXCLUSIVE on the three tables for a moment.
ALTER TABLE "assessments" DROP CONSTRAINT "assessments_declaration";--> statement-breakpoint
ALTER TABLE "comparisons" DROP CONSTRAINT "comparisons_declaration";
