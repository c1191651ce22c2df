import {
  type DuplicateFigures,
  duplicateWorkers,
  isFullTime,
} from '#src/domain/cross-checks/duplicate-workers.ts';
import type { Found } from './in-rosters.ts';
import { monthRosters } from './month-rosters.ts';
import type { Examined, Question } from './question.ts';

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
  for await (const { employerId, lines } of monthRosters(question, others)) {
    for (const line of lines) if (isFullTime(line)) declaredBy.get(line.nik)?.push(employerId);
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

type Candidates = {
  /** Blind indexes of who was declared by several employers, one of which is looked at; as latin1. */
  indexes: Set<string>;
  /** Of the employers that are looked at, those that declared any of them; and all others that did. */
  own: string[];
  others: string[];
};

async function readCandidates({ deps }: Question, examined: ReadonlySet<string>): Promise<Candidates> {
  const found = await deps.database.reader.query<{ nik_index: Buffer; employer_ids: string[] }>(
    `select o.nik_index, array_agg(o.employer_id) as employer_ids
     from (select distinct nik_index from workers where employer_id = any($1::uuid[])) w
     join workers o on o.nik_index = w.nik_index
     group by o.nik_index having count(*) > 1`,
    [[...examined]],
  );
  const involved = [...new Set(found.rows.flatMap((row) => row.employer_ids))];
  return {
    indexes: new Set(found.rows.map((row) => row.nik_index.toString('latin1'))),
    own: involved.filter((id) => examined.has(id)),
    others: involved.filter((id) => !examined.has(id)),
  };
}
