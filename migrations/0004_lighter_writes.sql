-- Why: what a declaration costs is read as it was written, and never looked into.
-- Locks: ACCESS EXCLUSIVE on assessments until the end of the migration.
-- Duration on 10 million rows: a minute or two, they are written anew.
ALTER TABLE "assessments" ALTER COLUMN "amounts" SET DATA TYPE json, ALTER COLUMN "coverage" SET DATA TYPE json;--> statement-breakpoint
-- Why: a summary is written again with each fact: where its page has room for it, no index is, and one index instead of
-- two tells who is stale. Lists look two weeks ahead from now on: summaries that reach further are computed again where
-- a list asks for them, in the background, or by `patuh rules renew`.
-- Locks: ACCESS EXCLUSIVE on summaries while the index is built. Duration on 10 million rows: some seconds.
DROP INDEX "summaries_stretched_until";--> statement-breakpoint
DROP INDEX "summaries_ruleset";--> statement-breakpoint
CREATE INDEX "summaries_stale" ON "summaries" USING btree ("ruleset_version","stretched_until");--> statement-breakpoint
ALTER TABLE "summaries" SET (fillfactor = 50);
