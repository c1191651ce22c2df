-- Why: rulesets stay loadable for ever; payment plans, disputes and invitations become facts; who lacks programmes is
-- derived under a ruleset like what a roster costs, and moves there from the declaration.
-- Locks: ACCESS EXCLUSIVE on assessments and declarations, for a moment each. Duration on 10 million rows: under a
-- second, nothing is rewritten; the first reading of each employer afterwards opens its rosters once.
CREATE TABLE "ruleset_adoptions" (
	"adopted_at" timestamp (3) with time zone PRIMARY KEY NOT NULL,
	"version" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rulesets" (
	"version" text PRIMARY KEY NOT NULL,
	"files" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suspension_endings" (
	"employer_id" uuid NOT NULL,
	"suspension_id" uuid NOT NULL,
	"ending_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"on_day" date NOT NULL,
	"upheld" boolean,
	"reason" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "suspension_endings_pk" PRIMARY KEY("employer_id","suspension_id"),
	CONSTRAINT "suspension_endings_kind" CHECK ("suspension_endings"."kind" in ('decision', 'withdrawal'))
);
--> statement-breakpoint
CREATE TABLE "suspensions" (
	"employer_id" uuid NOT NULL,
	"suspension_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"agency_code" text NOT NULL,
	"codes" text[],
	"periods" text[],
	"starts_on" date NOT NULL,
	"ends_on" date,
	"instalments" jsonb,
	"suspensive" boolean,
	"note" text,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "suspensions_pk" PRIMARY KEY("employer_id","suspension_id"),
	CONSTRAINT "suspensions_kind" CHECK ("suspensions"."kind" in ('plan', 'dispute', 'regularisation')),
	CONSTRAINT "suspensions_days" CHECK ("suspensions"."ends_on" >= "suspensions"."starts_on")
);
--> statement-breakpoint
-- What rosters cost is derived: it is computed again, under the ruleset of this release, where it is next read.
TRUNCATE "assessments";--> statement-breakpoint
ALTER TABLE "assessments" ADD COLUMN "coverage" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "ruleset_adoptions" ADD CONSTRAINT "ruleset_adoptions_version_rulesets_version_fk" FOREIGN KEY ("version") REFERENCES "public"."rulesets"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suspension_endings" ADD CONSTRAINT "suspension_endings_suspension" FOREIGN KEY ("employer_id","suspension_id") REFERENCES "public"."suspensions"("employer_id","suspension_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "suspensions_id" ON "suspensions" USING btree ("suspension_id");--> statement-breakpoint
CREATE INDEX "suspensions_agency" ON "suspensions" USING btree ("agency_code","suspension_id");--> statement-breakpoint
ALTER TABLE "declarations" DROP COLUMN "coverage";--> statement-breakpoint
CREATE TRIGGER rulesets_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "rulesets" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER ruleset_adoptions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "ruleset_adoptions" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER suspensions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "suspensions" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER suspension_endings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "suspension_endings" EXECUTE FUNCTION refuse_change();
