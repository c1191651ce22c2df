import type { ClientBase, Pool } from 'pg';
import { byteaArray, textArray, uuidArray, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import { issuerOf } from '#src/http/tokens.ts';
import type { Asked } from './check.ts';
import type { Judged } from './judge-subjects.ts';
import { answerWithReceipt, draftText, payloadOf, type StoredCheck } from './stored-check.ts';

/** A judgement as it is to be recorded. */
export type Recording = {
  actor: Actor;
  asked: Asked;
  judged: Judged;
  checkedAt: Date;
  batchId?: string;
};

type Draft = Pick<StoredCheck, 'answer' | 'claims'> & { id: string };

/**
 * Signs and stores judgements as checks of their callers, in one statement. Returns the answer of each, in order: the
 * text that goes out now and at every later reading.
 */
export async function recordChecks(
  deps: Deps,
  client: ClientBase | Pool,
  recordings: readonly Recording[],
): Promise<string[]> {
  const drafts = recordings.map((recording) => draftOf(deps, recording));
  const { kid, signatures } = await deps.keys.signPayloads(drafts.map(payloadOf));
  await client.query({
    name: 'record checks',
    text: `insert into checks (check_id, employer_id, action, answer, claims, receipt_key, signature, checked_at,
                               checked_by, agency_code, batch_id, purpose, reference, on_behalf_of)
           select check_id, employer_id, action, answer, claims, $1, signature, checked_at::timestamptz,
                  checked_by::jsonb, agency_code, batch_id, purpose, reference, on_behalf_of
           from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::text[],
                       $9::text[], $10::text[], $11::uuid[], $12::text[], $13::text[], $14::text[])
             as c (check_id, employer_id, action, answer, claims, signature, checked_at,
                   checked_by, agency_code, batch_id, purpose, reference, on_behalf_of)`,
    values: [
      kid,
      uuidArray(drafts.map(({ id }) => id)),
      uuidArray(recordings.map(({ judged }) => judged.verdict?.employerId ?? null)),
      textArray(recordings.map(({ judged }) => judged.action)),
      textArray(drafts.map(({ answer }) => answer)),
      textArray(drafts.map(({ claims }) => claims)),
      byteaArray(signatures),
      textArray(recordings.map(({ checkedAt }) => checkedAt.toISOString())),
      textArray(recordings.map(({ actor }) => JSON.stringify(recordedBy(actor)))),
      textArray(recordings.map(({ actor }) => actor.agency)),
      uuidArray(recordings.map(({ batchId = null }) => batchId)),
      textArray(recordings.map(({ asked }) => asked.purpose)),
      textArray(recordings.map(({ asked }) => asked.reference)),
      textArray(recordings.map(({ asked }) => asked.onBehalfOf ?? null)),
    ],
  });
  return drafts.map((draft, index) =>
    answerWithReceipt({ ...draft, receipt_key: kid, signature: signatures[index]! }),
  );
}

function draftOf(deps: Deps, { actor, asked, judged, checkedAt }: Recording): Draft {
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
