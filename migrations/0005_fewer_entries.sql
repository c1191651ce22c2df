-- Why: most declarations supersede none, and the index held an entry of each of them all the same.
-- Locks: ACCESS EXCLUSIVE on declarations while the index is built. Duration on 10 million rows: some seconds.
ALTER TABLE "declarations" DROP CONSTRAINT "declarations_supersedes";--> statement-breakpoint
CREATE UNIQUE INDEX "declarations_supersedes" ON "declarations" USING btree ("employer_id","supersedes") WHERE "declarations"."supersedes" is not null;
