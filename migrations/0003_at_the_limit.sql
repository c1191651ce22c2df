-- Why: a check is stored without its receipt, which is put together from what was signed: half the bytes, and none of
-- them compressed in vain, as signatures and their encoding do not compress. Older rows keep their receipt inside.
-- Locks: ACCESS EXCLUSIVE on each altered table for a moment; no row is rewritten.
-- Duration: at once, whatever the size.
ALTER TABLE "checks" ADD COLUMN "claims" text;--> statement-breakpoint
ALTER TABLE "checks" ADD COLUMN "receipt_key" text;--> statement-breakpoint
ALTER TABLE "checks" ADD COLUMN "signature" "bytea";--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_signed_whole" CHECK (num_nulls("checks"."claims", "checks"."receipt_key", "checks"."signature") in (0, 3));--> statement-breakpoint
ALTER TABLE "checks" SET (toast_tuple_target = 8160);
