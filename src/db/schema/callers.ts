import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import { bytea, instant } from './columns.ts';

/** Public bodies and employers whose systems call Patuh; a small reference table. */
export const agencies = pgTable('agencies', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  kind: text('kind').notNull(),
  regions: text('regions').array().notNull(),
  createdAt: instant('created_at').notNull(),
});

/** OAuth clients of the agencies; a reference table. */
export const clients = pgTable('clients', {
  clientId: text('client_id').primaryKey(),
  agencyCode: text('agency_code').notNull(),
  name: text('name').notNull(),
  authMethod: text('auth_method').notNull(),
  secretHash: text('secret_hash'),
  jwks: jsonb('jwks'),
  scopes: text('scopes').array().notNull(),
  employerId: uuid('employer_id'),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
});

/** What the token endpoint must remember: assertions already used, and its short-lived state. */
export const oauthState = pgTable(
  'oauth_state',
  {
    model: text('model').notNull(),
    id: text('id').notNull(),
    payload: jsonb('payload').notNull(),
    expiresAt: instant('expires_at'),
  },
  (t) => [primaryKey({ name: 'oauth_state_pk', columns: [t.model, t.id] })],
);

/** First answers to requests with an Idempotency-Key, kept for 24 hours. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    clientId: text('client_id').notNull(),
    key: text('key').notNull(),
    requestHash: bytea('request_hash').notNull(),
    status: integer('status'),
    headers: jsonb('headers'),
    body: text('body'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'idempotency_keys_pk', columns: [t.clientId, t.key] }),
    index('idempotency_keys_created').on(t.createdAt),
  ],
);

/** Every reading of personal data: who, on whose behalf, why, about whom, which fields, when. */
export const personalDataReads = pgTable(
  'personal_data_reads',
  {
    employerId: uuid('employer_id').notNull(),
    readId: uuid('read_id').notNull(),
    readAt: instant('read_at').notNull(),
    client: text('client').notNull(),
    agency: text('agency').notNull(),
    sub: text('sub').notNull(),
    /** The employer whose own client read. */
    readerEmployerId: uuid('reader_employer_id'),
    purpose: text('purpose'),
    fields: text('fields').array().notNull(),
    workerIds: uuid('worker_ids').array().notNull(),
    /** The evidence whose workers were read, who need not be anybody's declared ones. */
    evidenceId: uuid('evidence_id'),
    requestId: text('request_id').notNull(),
  },
  (t) => [primaryKey({ name: 'personal_data_reads_pk', columns: [t.employerId, t.readId] })],
);
