import {
  type DuplicateFigures,
  duplicateWorkers,
  isFullTime,
} from '#src/domain/cross-checks/duplicate-workers.ts';
import { listNikEmployers } from '#src/facts/index.ts';
import type { Examined } from './cross-check.ts';
import { monthRosters } from './month-rosters.ts';
import type { Found, Question } from './question.ts';

/** Workers of an employer whose roster is worth keeping, and of all that are kept. */
const LARGE = 100;
const MOST_KEPT = 300_000;

/**
 * Workers whom others declare full-time, too. Who was ever declared by several employers shows in the blind indexes;
 * only the rosters of these employers are opened.
 */
export async function findDuplicates(
  question: Question,
  employers: readonly Examined[],
): Promise<Found<DuplicateFigures>> {
  const { deps, period } = question;
  const examined = new Set(employers.map(({ employerId }) => employerId));
  const { indexes, own, others } = await readCandidates(question, examined);

  const declaredBy = new Map<string, string[]>();
  for await (const { employerId, lines } of monthRosters(question, own)) {
    for (const line of lines) {
      if (!isFullTime(line) || !indexes.has(deps.keyRing.blindIndex(line.nik).toString('latin1'))) continue;
      const declarers = declaredBy.get(line.nik);
      if (declarers) declarers.push(employerId);
      else declaredBy.set(line.nik, [employerId]);
    }
  }
  for await (const [employerId, niks] of fullTimeNiks(question, others)) {
    for (const nik of niks.intersection(declaredBy)) declaredBy.get(nik)!.push(employerId);
  }

  const niksOf = new Map<string, string[]>();
  for (const [nik, declarers] of declaredBy) {
    if (declarers.length < 2) continue;
    for (const employerId of declarers) {
      if (!examined.has(employerId)) continue;
      const niks = niksOf.get(employerId);
      if (niks) niks.push(nik);
      else niksOf.set(employerId, [nik]);
    }
  }
  const found: Found<DuplicateFigures> = new Map();
  for (const [employerId, niks] of niksOf) {
    const elsewhere = (nik: string) => declaredBy.get(nik)!.filter((each) => each !== employerId);
    const finding = duplicateWorkers(period, niks, elsewhere);
    if (finding) found.set(employerId, finding);
  }
  return found;
}

/** NIKs that employers declare full-time. Large ones have workers in common with many: theirs are kept for a while. */
async function* fullTimeNiks(
  question: Question,
  employerIds: readonly string[],
): AsyncGenerator<[employerId: string, niks: ReadonlySet<string>]> {
  const { kept } = question;
  for (const employerId of employerIds) {
    const niks = kept.get(employerId);
    if (niks) yield [employerId, niks];
  }
  const unknown = employerIds.filter((employerId) => !kept.has(employerId));
  for await (const { employerId, lines } of monthRosters(question, unknown)) {
    const niks = new Set(lines.filter(isFullTime).map(({ nik }) => nik));
    if (niks.size >= LARGE) keep(kept, employerId, niks);
    yield [employerId, niks];
  }
}

/** Keeps a roster's NIKs, and lets go of those kept longest where they become too many. */
function keep(kept: Question['kept'], employerId: string, niks: ReadonlySet<string>): void {
  kept.set(employerId, niks);
  let all = kept.values().reduce((sum, each) => sum + each.size, 0);
  for (const [oldest, { size }] of kept) {
    if (all <= MOST_KEPT) return;
    kept.delete(oldest);
    all -= size;
  }
}

type Candidates = {
  /** Blind indexes of who was declared by several employers, one of which is looked at; as latin1. */
  indexes: Set<string>;
  /** Of the employers that are looked at, those that declared any of them; and all others that did. */
  own: string[];
  others: string[];
};

/** Each NIK is looked up in the index, however large a part of all workers the batch has: lateral for that. */
async function readCandidates({ deps }: Question, examined: ReadonlySet<string>): Promise<Candidates> {
  await listNikEmployers(deps);
  const found = await deps.database.reader.query<{ nik_index: Buffer; employer_ids: string[] }>(
    `select w.nik_index, o.employer_ids
     from (select distinct nik_index from workers where employer_id = any($1::uuid[])) w
     cross join lateral (
       select array_agg(o.employer_id) as employer_ids from nik_employers o where o.nik_index = w.nik_index
     ) o
     where cardinality(o.employer_ids) > 1`,
    [[...examined]],
  );
  const involved = [...new Set(found.rows.flatMap((row) => row.employer_ids))];
  return {
    indexes: new Set(found.rows.map((row) => row.nik_index.toString('latin1'))),
    own: involved.filter((id) => examined.has(id)),
    others: involved.filter((id) => !examined.has(id)),
  };
}
