import type { ClientBase, Pool } from 'pg';
import { byteaArray, textArray, uuidArray, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import { issuerOf } from '#src/http/tokens.ts';
import type { Premise } from '#src/registry/index.ts';
import type { Asked } from './check.ts';
import type { Judged } from './judge-subjects.ts';
import { draftText, payloadOf, type StoredCheck, withReceipt } from './stored-check.ts';

/** A judgement as it is to be recorded. */
export type Recording = {
  actor: Actor;
  asked: Asked;
  judged: Judged;
  checkedAt: Date;
  batchId?: string;
  /** What the judgement rests on, where that was not read for it. */
  premise?: Premise | undefined;
};

/** A check that is signed and not yet stored. */
export type SignedCheck = Recording & StoredCheck & { id: string; receipt: string };

/** Makes checks of judgements, and signs them. */
export async function signChecks(deps: Deps, recordings: readonly Recording[]): Promise<SignedCheck[]> {
  const drafts = recordings.map((recording) => {
    const stated = { ...recording, checkedAt: momentOf(recording) };
    return { ...stated, ...draftOf(deps, stated) };
  });
  const signed = await deps.keys.signPayloads(drafts.map(payloadOf));
  return signed.map(({ receipt, kid, signature }, index) => ({
    ...drafts[index]!,
    receipt,
    receipt_key: kid,
    signature,
  }));
}

/**
 * Stores checks in one statement, but for those whose premise does not hold at that moment. Returns the answer of each
 * that is stored, in order: the text that goes out now and at every later reading.
 */
export async function recordChecks(
  client: ClientBase | Pool,
  checks: readonly SignedCheck[],
): Promise<(string | undefined)[]> {
  const stored = await client.query<{ check_id: string }>({
    name: 'record checks',
    text: `insert into checks (check_id, employer_id, action, answer, claims, receipt_key, signature, checked_at,
                               checked_by, agency_code, batch_id, purpose, reference, on_behalf_of)
           select check_id, employer_id, action, answer, claims, receipt_key, signature, checked_at::timestamptz,
                  checked_by::jsonb, agency_code, batch_id, purpose, reference, on_behalf_of
           from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[],
                       $8::text[], $9::text[], $10::text[], $11::uuid[], $12::text[], $13::text[], $14::text[],
                       $15::text[], $16::text[], $17::uuid[], $18::text[])
             as c (check_id, employer_id, action, answer, claims, receipt_key, signature, checked_at,
                   checked_by, agency_code, batch_id, purpose, reference, on_behalf_of,
                   scheme, value, named_id, version)
           where c.version is null or exists (
             select from employer_identifiers i
             join summaries s on s.employer_id = i.employer_id
             where i.scheme = c.scheme and i.value = c.value and i.employer_id = c.named_id
               and s.xmin::text = c.version)
           returning check_id`,
    values: [
      uuidArray(checks.map(({ id }) => id)),
      uuidArray(checks.map(({ judged }) => judged.verdict?.employerId ?? null)),
      textArray(checks.map(({ judged }) => judged.action)),
      textArray(checks.map(({ answer }) => answer)),
      textArray(checks.map(({ claims }) => claims)),
      textArray(checks.map(({ receipt_key: key }) => key)),
      byteaArray(checks.map(({ signature }) => signature)),
      textArray(checks.map(({ checkedAt }) => checkedAt.toISOString())),
      textArray(checks.map(({ actor }) => JSON.stringify(recordedBy(actor)))),
      textArray(checks.map(({ actor }) => actor.agency)),
      uuidArray(checks.map(({ batchId = null }) => batchId)),
      textArray(checks.map(({ asked }) => asked.purpose)),
      textArray(checks.map(({ asked }) => asked.reference)),
      textArray(checks.map(({ asked }) => asked.onBehalfOf ?? null)),
      textArray(checks.map(({ premise }) => premise?.scheme ?? null)),
      textArray(checks.map(({ premise }) => premise?.value ?? null)),
      uuidArray(checks.map(({ premise }) => premise?.employerId ?? null)),
      textArray(checks.map(({ premise }) => premise?.version ?? null)),
    ],
  });
  const ids = new Set(stored.rows.map((row) => row.check_id));
  return checks.map(({ id, answer, receipt }) => (ids.has(id) ? withReceipt(answer, receipt) : undefined));
}

/** A check that waited knows what was recorded meanwhile: it is not stated for a moment before that. */
function momentOf({ checkedAt, judged: { verdict } }: Recording): Date {
  const known = new Date(verdict?.dataCutoff ?? checkedAt);
  return known > checkedAt ? known : checkedAt;
}

function draftOf(
  deps: Deps,
  { actor, asked, judged, checkedAt }: Recording,
): Pick<SignedCheck, 'id' | 'answer' | 'claims'> {
  const { subject, verdict, said } = judged;
  const id = uuidv7();
  const at = checkedAt.toISOString();
  const claims = {
    iss: issuerOf(deps.config),
    jti: id,
    iat: Math.floor(checkedAt.getTime() / 1000),
    agency: actor.agency,
    subject,
    purpose: asked.purpose,
    reference: asked.reference,
    onBehalfOf: asked.onBehalfOf,
    rulesetVersion: verdict?.rulesetVersion ?? deps.law.version,
    dataCutoff: verdict?.dataCutoff,
    checkedAt: at,
  };
  return { id, ...draftText(id, at, said, JSON.stringify(claims)) };
}
