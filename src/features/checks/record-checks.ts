import type { ClientBase, Pool } from 'pg';
import { uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import { Problem } from '#src/http/problem.ts';
import { issuerOf } from '#src/http/tokens.ts';
import type { Asked, CheckView } from './check.ts';
import type { Judged } from './judge-subjects.ts';

/** Signed and stored together; between two portions others have their turn. */
const PORTION = 200;

/** Characters that one answer may have: ten thousand ordinary verdicts fit in a quarter. */
const MOST_CHARACTERS = 200_000_000;

/**
 * Signs and stores judgements as checks of the caller. Returns the answer of each, in order, as it is stored: the
 * text that goes out now and at every later reading.
 */
export async function recordChecks(
  deps: Deps,
  client: ClientBase | Pool,
  actor: Actor,
  {
    asked,
    judged,
    checkedAt,
    batchId,
  }: { asked: Asked; judged: readonly Judged[]; checkedAt: Date; batchId?: string },
): Promise<string[]> {
  const answers: string[] = [];
  let characters = 0;
  for (let start = 0; start < judged.length; start += PORTION) {
    const portion = judged.slice(start, start + PORTION);
    const checks = await Promise.all(portion.map((each) => sign(deps, actor, asked, each, checkedAt)));
    const texts = checks.map((check) => JSON.stringify(check));
    characters += texts.reduce((sum, { length }) => sum + length, 0);
    if (characters > MOST_CHARACTERS) throw tooLarge(start);
    await client.query(
      `insert into checks (check_id, employer_id, action, answer, checked_at, checked_by, agency_code, batch_id,
                           purpose, reference, on_behalf_of)
       select c.*, $5, $6, $7, $8, $9, $10, $11
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as c (check_id, employer_id, action, answer)`,
      [
        checks.map(({ id }) => id),
        checks.map(({ verdict }) => verdict?.employerId ?? null),
        checks.map(({ action }) => action),
        texts,
        checkedAt,
        recordedBy(actor),
        actor.agency,
        batchId ?? null,
        asked.purpose,
        asked.reference,
        asked.onBehalfOf ?? null,
      ],
    );
    answers.push(...texts);
  }
  return answers;
}

function tooLarge(answered: number): Problem {
  const detail = {
    id: `Jawabannya terlalu besar; kirim ${answered} subjek atau lebih sedikit.`,
    en: `The answer is too large; send ${answered} subjects or fewer.`,
  };
  return new Problem('invalid_content', {
    errors: [{ pointer: '/subjects', code: 'answer_too_large', detail }],
  });
}

async function sign(
  deps: Deps,
  actor: Actor,
  { purpose, reference, onBehalfOf }: Asked,
  { subject, outcome, action, verdict, candidates, interval, placement }: Judged,
  at: Date,
): Promise<CheckView> {
  const id = uuidv7();
  const checkedAt = at.toISOString();
  const receipt = await deps.keys.signReceipt({
    iss: issuerOf(deps.config),
    jti: id,
    iat: Math.floor(at.getTime() / 1000),
    agency: actor.agency,
    subject,
    purpose,
    reference,
    onBehalfOf,
    outcome,
    action,
    verdict,
    interval,
    placement,
    rulesetVersion: verdict?.rulesetVersion ?? deps.law.version,
    dataCutoff: verdict?.dataCutoff,
    checkedAt,
  });
  return {
    id,
    checkedAt,
    outcome,
    action,
    ...(verdict && { verdict: verdict as NonNullable<CheckView['verdict']> }),
    ...(candidates && { candidates }),
    ...(interval && { interval }),
    ...(placement && { placement }),
    receipt,
  };
}
