-- Why: the first schema: callers, registry, contributions, flags, standing, checks, imports.
-- Locks: none that matter, all tables are new. Duration on 10 million rows: none, nothing is rewritten.
--
-- Every table of an employer's facts carries employer_id in its primary key and in its unique constraints, so that
-- it can be distributed by it; identifiers and payment references have key tables of their own.
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "agencies" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"regions" text[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"client_id" text PRIMARY KEY NOT NULL,
	"agency_code" text NOT NULL,
	"name" text NOT NULL,
	"auth_method" text NOT NULL,
	"secret_hash" text,
	"jwks" jsonb,
	"scopes" text[] NOT NULL,
	"employer_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"client_id" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"status" integer,
	"headers" jsonb,
	"body" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pk" PRIMARY KEY("client_id","key")
);
--> statement-breakpoint
CREATE TABLE "oauth_state" (
	"model" text NOT NULL,
	"id" text NOT NULL,
	"payload" jsonb NOT NULL,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "oauth_state_pk" PRIMARY KEY("model","id")
);
--> statement-breakpoint
CREATE TABLE "personal_data_reads" (
	"employer_id" uuid NOT NULL,
	"read_id" uuid NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	"client" text NOT NULL,
	"agency" text NOT NULL,
	"sub" text NOT NULL,
	"purpose" text,
	"fields" text[] NOT NULL,
	"worker_ids" uuid[] NOT NULL,
	"request_id" text NOT NULL,
	CONSTRAINT "personal_data_reads_pk" PRIMARY KEY("employer_id","read_id")
);
--> statement-breakpoint
CREATE TABLE "check_batches" (
	"batch_id" uuid PRIMARY KEY NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL,
	"checked_by" jsonb NOT NULL,
	"purpose" text NOT NULL,
	"reference" text NOT NULL,
	"on_behalf_of" text,
	"subjects" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checks" (
	"check_id" uuid PRIMARY KEY NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL,
	"checked_by" jsonb NOT NULL,
	"agency_code" text NOT NULL,
	"batch_id" uuid,
	"employer_id" uuid,
	"purpose" text NOT NULL,
	"reference" text NOT NULL,
	"on_behalf_of" text,
	"action" text NOT NULL,
	"answer" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assessments" (
	"employer_id" uuid NOT NULL,
	"declaration_id" uuid NOT NULL,
	"ruleset_version" text NOT NULL,
	"amounts" jsonb NOT NULL,
	CONSTRAINT "assessments_pk" PRIMARY KEY("employer_id","declaration_id","ruleset_version")
);
--> statement-breakpoint
CREATE TABLE "declarations" (
	"employer_id" uuid NOT NULL,
	"declaration_id" uuid NOT NULL,
	"period" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	"import_id" uuid,
	"supersedes" uuid,
	"headcount" integer NOT NULL,
	"digest" "bytea" NOT NULL,
	"roster" "bytea" NOT NULL,
	"coverage" jsonb NOT NULL,
	CONSTRAINT "declarations_pk" PRIMARY KEY("employer_id","declaration_id"),
	CONSTRAINT "declarations_supersedes" UNIQUE("employer_id","supersedes"),
	CONSTRAINT "declarations_headcount" CHECK ("declarations"."headcount" >= 0),
	CONSTRAINT "declarations_period_form" CHECK ("declarations"."period" ~ '^[0-9]{4}-[0-9]{2}$')
);
--> statement-breakpoint
CREATE TABLE "payment_references" (
	"reference" text PRIMARY KEY NOT NULL,
	"employer_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_reversals" (
	"employer_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"reversal_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"reason" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "payment_reversals_pk" PRIMARY KEY("employer_id","payment_id")
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"employer_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"amount" bigint NOT NULL,
	"paid_on" date NOT NULL,
	"period" text,
	"channel" text,
	"penalty" boolean NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	"import_id" uuid,
	CONSTRAINT "payments_pk" PRIMARY KEY("employer_id","payment_id"),
	CONSTRAINT "payments_amount" CHECK ("payments"."amount" between 1 and 1000000000000000),
	CONSTRAINT "payments_period_form" CHECK ("payments"."period" ~ '^[0-9]{4}-[0-9]{2}$')
);
--> statement-breakpoint
CREATE TABLE "flag_events" (
	"employer_id" uuid NOT NULL,
	"flag_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reason" text,
	"suspensive" boolean,
	"objection_id" uuid,
	"upheld" boolean,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "flag_events_pk" PRIMARY KEY("employer_id","flag_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "flags" (
	"employer_id" uuid NOT NULL,
	"flag_id" uuid NOT NULL,
	"agency_code" text NOT NULL,
	"kind" text NOT NULL,
	"ground" text NOT NULL,
	"article" text,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"evidence_hash" text,
	"note" text,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	CONSTRAINT "flags_pk" PRIMARY KEY("employer_id","flag_id"),
	CONSTRAINT "flags_days" CHECK ("flags"."ends_on" >= "flags"."starts_on")
);
--> statement-breakpoint
CREATE TABLE "import_rejections" (
	"import_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"line" integer NOT NULL,
	"column_name" text,
	"value" text,
	"code" text NOT NULL,
	CONSTRAINT "import_rejections_pk" PRIMARY KEY("import_id","line","sequence")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"import_id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"agency_code" text NOT NULL,
	"recorded_by" jsonb NOT NULL,
	"bytes_read" bigint NOT NULL,
	"lines_read" integer NOT NULL,
	"lines_accepted" integer NOT NULL,
	"lines_rejected" integer NOT NULL,
	"groups_accepted" integer NOT NULL,
	"groups_rejected" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"error" jsonb
);
--> statement-breakpoint
CREATE TABLE "roster_runs" (
	"import_id" uuid NOT NULL,
	"npp" text NOT NULL,
	"period" text NOT NULL,
	"run" integer NOT NULL,
	"lines" "bytea" NOT NULL,
	CONSTRAINT "roster_runs_pk" PRIMARY KEY("import_id","npp","period","run")
);
--> statement-breakpoint
CREATE TABLE "employer_changes" (
	"employer_id" uuid NOT NULL,
	"change_id" uuid NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" jsonb NOT NULL,
	"attributes" jsonb NOT NULL,
	CONSTRAINT "employer_changes_pk" PRIMARY KEY("employer_id","change_id")
);
--> statement-breakpoint
CREATE TABLE "employer_identifiers" (
	"scheme" text NOT NULL,
	"value" text NOT NULL,
	"employer_id" uuid NOT NULL,
	CONSTRAINT "employer_identifiers_pk" PRIMARY KEY("scheme","value")
);
--> statement-breakpoint
CREATE TABLE "employers" (
	"employer_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"legal_name" text NOT NULL,
	"plain_name" text NOT NULL,
	"npp" text,
	"nib" text,
	"npwp" text,
	"kind" text NOT NULL,
	"scale" text NOT NULL,
	"sector" text NOT NULL,
	"jkk_class" text,
	"jkk_class_origin" text,
	"jkk_class_decided_on" date,
	"kbli_code" text,
	"kbli_edition" text,
	"labour_intensive_industry" text,
	"region_code" text NOT NULL,
	"address" text,
	"latitude" double precision,
	"longitude" double precision,
	"registered_on" date,
	"closed_on" date,
	"outsourcing_licence" text,
	"outsourcing_licensed_on" date,
	"steward_agency" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"employer_id" uuid NOT NULL,
	"worker_id" uuid NOT NULL,
	"nik_index" "bytea" NOT NULL,
	CONSTRAINT "workers_pk" PRIMARY KEY("employer_id","worker_id"),
	CONSTRAINT "workers_nik" UNIQUE("employer_id","nik_index")
);
--> statement-breakpoint
CREATE TABLE "stretches" (
	"employer_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"status" text NOT NULL,
	"codes" text[] NOT NULL,
	"months" integer NOT NULL,
	"contributions" bigint NOT NULL,
	"late_charge" bigint NOT NULL,
	"total" bigint NOT NULL,
	"oldest_period" text,
	"since" date,
	"flagged" boolean NOT NULL,
	"legal_name" text NOT NULL,
	"region_code" text NOT NULL,
	CONSTRAINT "stretches_pk" PRIMARY KEY("employer_id","from_on")
);
--> statement-breakpoint
CREATE TABLE "summaries" (
	"employer_id" uuid PRIMARY KEY NOT NULL,
	"last_recorded_at" timestamp (3) with time zone NOT NULL,
	"computed_on" date NOT NULL,
	"ruleset_version" text NOT NULL,
	"stretched_until" date NOT NULL,
	"facts" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_declaration" FOREIGN KEY ("employer_id","declaration_id") REFERENCES "public"."declarations"("employer_id","declaration_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_reversals" ADD CONSTRAINT "payment_reversals_payment" FOREIGN KEY ("employer_id","payment_id") REFERENCES "public"."payments"("employer_id","payment_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag_events" ADD CONSTRAINT "flag_events_flag" FOREIGN KEY ("employer_id","flag_id") REFERENCES "public"."flags"("employer_id","flag_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "checks_employer" ON "checks" USING btree ("employer_id","check_id");--> statement-breakpoint
CREATE INDEX "declarations_period" ON "declarations" USING btree ("employer_id","period");--> statement-breakpoint
CREATE INDEX "declarations_id" ON "declarations" USING btree ("declaration_id");--> statement-breakpoint
CREATE INDEX "payments_id" ON "payments" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "flags_id" ON "flags" USING btree ("flag_id");--> statement-breakpoint
CREATE INDEX "flags_agency" ON "flags" USING btree ("agency_code","flag_id");--> statement-breakpoint
CREATE INDEX "imports_agency" ON "imports" USING btree ("agency_code","import_id");--> statement-breakpoint
CREATE INDEX "employer_identifiers_employer" ON "employer_identifiers" USING btree ("employer_id");--> statement-breakpoint
CREATE INDEX "employers_region" ON "employers" USING btree ("region_code","employer_id");--> statement-breakpoint
CREATE INDEX "employers_plain_name" ON "employers" USING gin ("plain_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "workers_nik_index" ON "workers" USING btree ("nik_index");--> statement-breakpoint
CREATE INDEX "stretches_total" ON "stretches" USING btree ("total","employer_id");--> statement-breakpoint
CREATE INDEX "stretches_months" ON "stretches" USING btree ("months","employer_id");--> statement-breakpoint
CREATE INDEX "stretches_name" ON "stretches" USING btree ("legal_name","employer_id");--> statement-breakpoint
CREATE INDEX "summaries_stretched_until" ON "summaries" USING btree ("stretched_until");--> statement-breakpoint
CREATE INDEX "summaries_ruleset" ON "summaries" USING btree ("ruleset_version");--> statement-breakpoint
-- Facts are appended; whoever tries to change or remove one is refused, by whatever way it comes.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'facts in % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER employer_changes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "employer_changes" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER declarations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "declarations" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER payments_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "payments" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER payment_reversals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "payment_reversals" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER flags_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "flags" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER flag_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "flag_events" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER checks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "checks" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER check_batches_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "check_batches" EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER personal_data_reads_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "personal_data_reads" EXECUTE FUNCTION refuse_change();
