import type { ClientBase, Pool } from 'pg';
import {
  type Evidence,
  type EvidenceComparison,
  type RecordedEvidence,
  rosterFor,
} from '#src/domain/evidence.ts';
import { type Declaration, effectiveAmong } from '#src/domain/facts.ts';
import { compareRoster, type SeenWorker } from '#src/domain/rules/roster-comparison.ts';
import type { KeyRing } from '#src/personal-data/index.ts';
import { type Compared, type MadeComparison, readComparisons } from './comparisons.ts';
import { openRoster } from './roster.ts';
import { readRosters } from './sealed-rosters.ts';
import { openSeen } from './seen-workers.ts';

type Queryable = ClientBase | Pool;

/** Evidence as stored, as far as verdicts need it. */
export type EvidenceRow = {
  employer_id: string;
  evidence_id: string;
  kind: Evidence['kind'];
  agency_code: string;
  observed_on: string;
  headcount: number | null;
  wage_bill: number | null;
  lowest_wage: number | null;
  workers_seen: number | null;
  recorded_at: Date;
};

/** The columns of {@link EvidenceRow}, for a select on `evidence` as `v`. */
export const EVIDENCE_COLUMNS = `v.employer_id, v.evidence_id, v.kind, v.agency_code, v.observed_on, v.headcount,
  v.wage_bill, v.lowest_wage, v.workers_seen, v.recorded_at`;

/**
 * Evidence, each piece with what the roster shows that it is held against. Rosters that nobody has held against it yet
 * are opened; `compared` takes what they show.
 *
 * @param declarations those of the same employers that were recorded by the same instant
 */
export async function holdAgainstRosters(
  { keyRing }: { keyRing: KeyRing },
  client: Queryable,
  rows: readonly EvidenceRow[],
  declarations: readonly (readonly [employerId: string, Declaration])[],
  compared: MadeComparison[] | undefined,
): Promise<[employerId: string, RecordedEvidence][]> {
  if (rows.length === 0) return [];
  const rosters = rostersByEmployer(declarations);
  const held = rows.map((row): Held => {
    const evidence = evidenceOf(row);
    const roster = rosterFor(evidence, rosters.get(row.employer_id) ?? []);
    return { employerId: row.employer_id, evidence, declarationId: roster?.id };
  });
  const shown = await comparisonsOf(keyRing, client, held, compared);
  return held.map(({ employerId, evidence, declarationId }) => {
    const comparison = shown.get(evidence.id);
    const comparisons = new Map(comparison ? [[declarationId!, comparison]] : []);
    return [employerId, { ...evidence, comparisons }];
  });
}

/** Evidence with the declaration that it is held against, where there is one. */
type Held = { employerId: string; evidence: Evidence; declarationId: string | undefined };

/** Evidence that is held against a roster. */
type Pairing = Compared & { evidence: Evidence };

/** The declarations in force of each employer, oldest month first. */
function rostersByEmployer(
  declarations: readonly (readonly [employerId: string, Declaration])[],
): Map<string, Declaration[]> {
  const byEmployer = Map.groupBy(declarations, ([employerId]) => employerId);
  return new Map(
    [...byEmployer].map(([employerId, own]) => [employerId, effectiveAmong(own.map(([, each]) => each))]),
  );
}

/** What each roster shows, by the evidence that it is held against. */
async function comparisonsOf(
  keyRing: KeyRing,
  client: Queryable,
  held: readonly Held[],
  compared: MadeComparison[] | undefined,
): Promise<Map<string, EvidenceComparison>> {
  const pairings = held.flatMap(({ employerId, evidence, declarationId }): Pairing[] =>
    declarationId === undefined
      ? []
      : [{ employerId, declarationId, against: `evidence:${evidence.id}`, evidence }],
  );
  const kept = await readComparisons<EvidenceComparison>(client, pairings);
  const shown = new Map<string, EvidenceComparison>();
  const fresh: Pairing[] = [];
  for (const [index, pairing] of pairings.entries()) {
    const known = kept[index];
    if (known) shown.set(pairing.evidence.id, known);
    else fresh.push(pairing);
  }
  for (const { evidence, ...made } of await compareAnew(keyRing, client, fresh)) {
    shown.set(evidence.id, made.result);
    compared?.push(made);
  }
  return shown;
}

/** Opens each roster once, whatever it is held against. */
async function compareAnew(
  keyRing: KeyRing,
  client: Queryable,
  pairings: readonly Pairing[],
): Promise<(Pairing & { result: EvidenceComparison })[]> {
  const made: (Pairing & { result: EvidenceComparison })[] = [];
  const groups = [...Map.groupBy(pairings, ({ declarationId }) => declarationId).values()];
  const rosters = await readRosters(
    client,
    groups.map(([first]) => first!),
  );
  for (const group of groups) {
    const { employerId, declarationId } = group[0]!;
    const lines = openRoster(keyRing, { employerId, declarationId }, rosters.get(declarationId)!);
    const seen = await readSeenWorkers(
      keyRing,
      client,
      employerId,
      group.map(({ evidence }) => evidence.id),
    );
    for (const pairing of group) {
      const { evidence } = pairing;
      made.push({ ...pairing, result: compareRoster(evidence, seen.get(evidence.id) ?? [], lines) });
    }
  }
  return made;
}

/** Whom these pieces of evidence about an employer saw by name; one that saw nobody is absent. */
export async function readSeenWorkers(
  keyRing: KeyRing,
  client: Queryable,
  employerId: string,
  evidenceIds: readonly string[],
): Promise<Map<string, SeenWorker[]>> {
  const found = await client.query<{ evidence_id: string; workers: Buffer }>(
    `select evidence_id, workers from evidence
     where employer_id = $1 and evidence_id = any($2::uuid[]) and workers is not null`,
    [employerId, evidenceIds],
  );
  return new Map(
    found.rows.map(({ evidence_id: evidenceId, workers }) => [
      evidenceId,
      openSeen(keyRing, { employerId, evidenceId }, workers),
    ]),
  );
}

/** The domain's view of a row; what is null is absent. */
export function evidenceOf(row: EvidenceRow): Evidence {
  return {
    id: row.evidence_id,
    kind: row.kind,
    agency: row.agency_code,
    observedOn: row.observed_on,
    recordedAt: row.recorded_at.toISOString(),
    ...(row.headcount !== null && { headcount: row.headcount }),
    ...(row.wage_bill !== null && { wageBill: row.wage_bill }),
    ...(row.lowest_wage !== null && { lowestWage: row.lowest_wage }),
    ...(row.workers_seen !== null && { workersSeen: row.workers_seen }),
  };
}
