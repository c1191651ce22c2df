-- Why: a summary is written again with each fact: where its page has room for it, no index is, and one index instead of
-- two tells who is stale. What a declaration costs is read as it was written, and never looked into.
-- Locks: ACCESS EXCLUSIVE on summaries while they are read, on assessments while they are written anew.
-- Duration on 10 million rows: a minute or two each.
DROP INDEX "summaries_stretched_until";--> statement-breakpoint
DROP INDEX "summaries_ruleset";--> statement-breakpoint
CREATE INDEX "summaries_stale" ON "summaries" USING btree ("ruleset_version","stretched_until");--> statement-breakpoint
ALTER TABLE "summaries" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "assessments" ALTER COLUMN "amounts" SET DATA TYPE json, ALTER COLUMN "coverage" SET DATA TYPE json;
