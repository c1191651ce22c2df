-- Why: evidence, placements of vendors, sanctions, inspections and delayed accesses become facts; lists show what is
-- gravest and what to inspect first; employers are found by place.
-- Locks: ACCESS EXCLUSIVE on stretches and summaries for a moment, SHARE on employers while its indexes are built.
-- Duration on 10 million employers: a minute for the index by place, a minute for marking the summaries; stretches are
-- derived, and are computed again where a list next asks for them.
CREATE TABLE "comparisons" (
	"employer_id" uuid NOT NULL,
	"declaration_id" uuid NOT NULL,
	"against" text NOT NULL,
	"result" jsonb NOT NULL,
	CONSTRAINT "comparisons_pk" PRIMARY KEY("employer_id","declaration_id","against")
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"employer_id" uuid NOT NULL,
	"evidence_id" uuid NOT NULL,
	"agency_code" text NOT NULL,
	"kind" text NOT NULL,
	"observed_on" date NOT NULL,
	"headcount" integer,
	"wage_bill" bigint,
	"lowest_wage" bigint,
	"workers_seen" integer,
	"workers" "bytea",
	"note" text,
	"document_hash" text,
	"digest" "bytea" NOT NULL,
	"import_id" uuid,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "evidence_pk" PRIMARY KEY("employer_id","evidence_id"),
	CONSTRAINT "evidence_digest" UNIQUE("employer_id","digest"),
	CONSTRAINT "evidence_counts" CHECK ("evidence"."headcount" >= 0 and "evidence"."wage_bill" >= 0 and "evidence"."lowest_wage" >= 0)
);
--> statement-breakpoint
CREATE TABLE "minimum_wages" (
	"region_code" text NOT NULL,
	"year" integer NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"monthly" bigint NOT NULL,
	"source" text,
	"region_name" text NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "minimum_wages_pk" PRIMARY KEY("region_code","year","recorded_at"),
	CONSTRAINT "minimum_wages_monthly" CHECK ("minimum_wages"."monthly" between 1 and 1000000000)
);
--> statement-breakpoint
CREATE TABLE "access_delays" (
	"employer_id" uuid NOT NULL,
	"delay_id" uuid NOT NULL,
	"agency_code" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"case_reference" text NOT NULL,
	"reason" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "access_delays_pk" PRIMARY KEY("employer_id","delay_id"),
	CONSTRAINT "access_delays_days" CHECK ("access_delays"."ends_on" >= "access_delays"."starts_on")
);
--> statement-breakpoint
CREATE TABLE "conflicts_of_interest" (
	"employer_id" uuid NOT NULL,
	"conflict_id" uuid NOT NULL,
	"agency_code" text NOT NULL,
	"inspector" text NOT NULL,
	"reason" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "conflicts_of_interest_pk" PRIMARY KEY("employer_id","conflict_id")
);
--> statement-breakpoint
CREATE TABLE "inspection_outcomes" (
	"employer_id" uuid NOT NULL,
	"inspection_id" uuid NOT NULL,
	"outcome_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"on_day" date NOT NULL,
	"found" text[] NOT NULL,
	"evidence_id" uuid,
	"note" text,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "inspection_outcomes_pk" PRIMARY KEY("employer_id","inspection_id"),
	CONSTRAINT "inspection_outcomes_kind" CHECK ("inspection_outcomes"."kind" in ('visited', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "inspections" (
	"employer_id" uuid NOT NULL,
	"inspection_id" uuid NOT NULL,
	"agency_code" text NOT NULL,
	"inspector" text NOT NULL,
	"planned_on" date NOT NULL,
	"claims" text[] NOT NULL,
	"priority" jsonb NOT NULL,
	"note" text,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "inspections_pk" PRIMARY KEY("employer_id","inspection_id")
);
--> statement-breakpoint
CREATE TABLE "placement_statements" (
	"employer_id" uuid NOT NULL,
	"placement_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"side" text NOT NULL,
	"agency_code" text NOT NULL,
	"terms" jsonb,
	"confirmed" boolean,
	"reason" text,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "placement_statements_pk" PRIMARY KEY("employer_id","placement_id","statement_id"),
	CONSTRAINT "placement_statements_kind" CHECK ("placement_statements"."kind" in ('declaration', 'change', 'response'))
);
--> statement-breakpoint
CREATE TABLE "placements" (
	"employer_id" uuid NOT NULL,
	"placement_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"principal_id" uuid,
	"principal_name" text NOT NULL,
	"principal_npwp" text,
	"contract_number" text NOT NULL,
	"contract_key" text NOT NULL,
	"procurement_reference" text,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"workers_contracted" integer NOT NULL,
	"billed_monthly_wage" bigint,
	"declared_by" text NOT NULL,
	"agency_code" text NOT NULL,
	"state" text NOT NULL,
	"differing" text[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "placements_pk" PRIMARY KEY("employer_id","placement_id"),
	CONSTRAINT "placements_contract" UNIQUE("employer_id","contract_key"),
	CONSTRAINT "placements_days" CHECK ("placements"."ends_on" >= "placements"."starts_on"),
	CONSTRAINT "placements_workers" CHECK ("placements"."workers_contracted" between 1 and 1000000),
	CONSTRAINT "placements_state" CHECK ("placements"."state" in ('declared', 'confirmed', 'disputed'))
);
--> statement-breakpoint
CREATE TABLE "sanction_steps" (
	"employer_id" uuid NOT NULL,
	"sanction_id" uuid NOT NULL,
	"step_id" uuid NOT NULL,
	"step" text NOT NULL,
	"on_day" date NOT NULL,
	"services" text[],
	"decided_by" text,
	"accepted" boolean,
	"request_id" uuid,
	"amount" bigint,
	"fine_months" jsonb,
	"note" text,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "sanction_steps_pk" PRIMARY KEY("employer_id","sanction_id","step_id")
);
--> statement-breakpoint
CREATE TABLE "sanction_terms" (
	"employer_id" uuid NOT NULL,
	"sanction_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"step" text NOT NULL,
	"not_before" date NOT NULL,
	"not_after" date,
	"unit" text,
	"request_id" uuid,
	CONSTRAINT "sanction_terms_pk" PRIMARY KEY("employer_id","sanction_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "sanctions" (
	"employer_id" uuid NOT NULL,
	"sanction_id" uuid NOT NULL,
	"agency_code" text NOT NULL,
	"codes" text[] NOT NULL,
	"opened_on" date NOT NULL,
	"note" text,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "sanctions_pk" PRIMARY KEY("employer_id","sanction_id")
);
--> statement-breakpoint
-- Derived rows of the release before do not know what is new: they are computed again.
TRUNCATE "stretches";--> statement-breakpoint
UPDATE "summaries" SET "ruleset_version" = '';--> statement-breakpoint
ALTER TABLE "stretches" ADD COLUMN "gravity" smallint NOT NULL;--> statement-breakpoint
ALTER TABLE "stretches" ADD COLUMN "priority" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "stretches" ADD COLUMN "vendor" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "comparisons" ADD CONSTRAINT "comparisons_declaration" FOREIGN KEY ("employer_id","declaration_id") REFERENCES "public"."declarations"("employer_id","declaration_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspection_outcomes" ADD CONSTRAINT "inspection_outcomes_inspection" FOREIGN KEY ("employer_id","inspection_id") REFERENCES "public"."inspections"("employer_id","inspection_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "personal_data_reads" ADD COLUMN "evidence_id" uuid;--> statement-breakpoint
ALTER TABLE "personal_data_reads" ADD COLUMN "reader_employer_id" uuid;--> statement-breakpoint
ALTER TABLE "placement_statements" ADD CONSTRAINT "placement_statements_placement" FOREIGN KEY ("employer_id","placement_id") REFERENCES "public"."placements"("employer_id","placement_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanction_steps" ADD CONSTRAINT "sanction_steps_sanction" FOREIGN KEY ("employer_id","sanction_id") REFERENCES "public"."sanctions"("employer_id","sanction_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_id" ON "evidence" USING btree ("evidence_id");--> statement-breakpoint
CREATE INDEX "evidence_agency" ON "evidence" USING btree ("agency_code","evidence_id");--> statement-breakpoint
CREATE INDEX "access_delays_agency" ON "access_delays" USING btree ("agency_code","delay_id");--> statement-breakpoint
CREATE INDEX "conflicts_of_interest_agency" ON "conflicts_of_interest" USING btree ("agency_code","conflict_id");--> statement-breakpoint
CREATE INDEX "inspection_outcomes_day" ON "inspection_outcomes" USING btree ("on_day","inspection_id");--> statement-breakpoint
CREATE INDEX "inspections_id" ON "inspections" USING btree ("inspection_id");--> statement-breakpoint
CREATE INDEX "inspections_agency" ON "inspections" USING btree ("agency_code","inspection_id");--> statement-breakpoint
CREATE INDEX "placements_id" ON "placements" USING btree ("placement_id");--> statement-breakpoint
CREATE INDEX "placements_principal" ON "placements" USING btree ("principal_id","employer_id");--> statement-breakpoint
CREATE INDEX "placement_statements_agency" ON "placement_statements" USING btree ("agency_code","placement_id");--> statement-breakpoint
CREATE INDEX "sanction_steps_unit" ON "sanction_steps" USING btree ("decided_by","sanction_id");--> statement-breakpoint
CREATE INDEX "sanction_terms_not_after" ON "sanction_terms" USING btree ("not_after","sanction_id");--> statement-breakpoint
CREATE INDEX "sanction_terms_not_before" ON "sanction_terms" USING btree ("not_before","sanction_id");--> statement-breakpoint
CREATE INDEX "sanctions_id" ON "sanctions" USING btree ("sanction_id");--> statement-breakpoint
CREATE INDEX "sanctions_agency" ON "sanctions" USING btree ("agency_code","sanction_id");--> statement-breakpoint
CREATE INDEX "employers_vendors" ON "employers" USING btree ("region_code","employer_id") WHERE "employers"."outsourcing_licence" is not null;--> statement-breakpoint
CREATE INDEX "employers_place" ON "employers" USING gist (point("longitude", "latitude")) WHERE "employers"."latitude" is not null;--> statement-breakpoint
CREATE INDEX "employers_unlocated" ON "employers" USING btree ("region_code","employer_id") WHERE "employers"."latitude" is null;--> statement-breakpoint
CREATE INDEX "stretches_priority" ON "stretches" USING btree ("priority","employer_id") WHERE "stretches"."priority" > 0;--> statement-breakpoint
CREATE INDEX "stretches_vendors" ON "stretches" USING btree ("gravity","total","employer_id") WHERE "stretches"."vendor";--> statement-breakpoint
CREATE TRIGGER evidence_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "evidence" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER minimum_wages_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "minimum_wages" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER placement_statements_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "placement_statements" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER sanctions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "sanctions" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER sanction_steps_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "sanction_steps" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER inspections_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "inspections" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER inspection_outcomes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "inspection_outcomes" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER conflicts_of_interest_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "conflicts_of_interest" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER access_delays_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "access_delays" EXECUTE FUNCTION refuse_change();
