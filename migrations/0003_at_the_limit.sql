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
ALTER TABLE "summaries" SET (toast_tuple_target = 8160);
