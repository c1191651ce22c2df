-- Why: a question about the past was answered about whom an identifier names today; now about whom it named then.
-- Identifiers that were given up before are read from the changes of the registry.
-- Processes of the release before must have ended: what they give up afterwards would not be found.
-- Locks: none that writers wait for. Duration on 10 million changes: a minute.
CREATE TABLE "former_identifiers" (
	"scheme" text NOT NULL,
	"value" text NOT NULL,
	"employer_id" uuid NOT NULL,
	CONSTRAINT "former_identifiers_pk" PRIMARY KEY("scheme","value","employer_id")
);
--> statement-breakpoint
INSERT INTO "former_identifiers"
SELECT DISTINCT w.scheme, w.value, c.employer_id FROM "employer_changes" c
CROSS JOIN LATERAL (VALUES ('npp', c.attributes->>'npp'), ('nib', c.attributes->>'nib'), ('npwp', c.attributes->>'npwp')) AS w (scheme, value)
WHERE w.value IS NOT NULL AND NOT EXISTS (
  SELECT FROM "employer_identifiers" i WHERE i.scheme = w.scheme AND i.value = w.value AND i.employer_id = c.employer_id
);
