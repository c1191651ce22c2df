import type { ClientBase } from 'pg';
import { uuidArray } from '#src/db/index.ts';
import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { carriedForward, type Recorded } from '#src/domain/verdict/carry-forward.ts';
import type { KeyRing } from '#src/personal-data/index.ts';
import { keepComparisons, type MadeComparison } from './comparisons.ts';
import { holdAgainstMinimums, readMinimumWages } from './minimum-wages.ts';

/** What was recorded since their summaries were written, by employer. */
export type RecordedOf = ReadonlyMap<string, Recorded>;

/**
 * The facts of these employers as their summaries have them, with what was recorded since. Who is absent cannot be
 * carried forward: its summary was written under another law or on a later day, or what it leaves out matters.
 */
export async function carryForward(
  reading: { law: Law; keyRing: KeyRing },
  client: ClientBase,
  recorded: RecordedOf,
  today: Day,
): Promise<Map<string, Facts>> {
  const found = await client.query<{ employer_id: string; facts: Facts }>({
    name: 'summaries to carry forward',
    text: `select employer_id, facts from summaries
           where employer_id = any($1::uuid[]) and ruleset_version = $2 and computed_on <= $3`,
    values: [uuidArray([...recorded.keys()]), reading.law.version, today],
  });
  const carried = new Map<string, Facts>();
  for (const { employer_id: employerId, facts } of found.rows) {
    const forward = carriedForward(facts, recorded.get(employerId)!);
    if (forward) carried.set(employerId, forward);
  }
  const declared = [...carried.values()].filter(
    ({ employerId }) => recorded.get(employerId)!.declarations.length > 0,
  );
  await holdNewRosters(reading, client, declared, today);
  return carried;
}

/**
 * Completes rosters that judgements look at with what they pay less than the minimum wages that bind now. What is kept of
 * others stays: a new statement of a minimum wage marks the summary, so that it is not carried forward.
 */
async function holdNewRosters(
  reading: { law: Law; keyRing: KeyRing },
  client: ClientBase,
  declared: readonly Facts[],
  today: Day,
): Promise<void> {
  const regionCodes = declared.map(({ employer }) => employer.regionCode);
  const stated = declared.length === 0 ? [] : await readMinimumWages(client, regionCodes, undefined);
  if (stated.length === 0) return;
  const bound = declared.map((facts) => ({ ...facts, minimumWages: stated }));
  const compared: MadeComparison[] = [];
  await holdAgainstMinimums(reading, client, bound, { judgedFrom: today, compared });
  await keepComparisons(client, compared);
}
