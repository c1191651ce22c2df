import { openRoster, readRosters } from '#src/facts/index.ts';
import type { RosterLine } from '#src/personal-data/index.ts';
import type { Question } from './question.ts';

/** The effective roster of one employer for the month. */
export type MonthRoster = { employerId: string; declarationId: string; lines: RosterLine[] };

type Declared = { employer_id: string; declaration_id: string; headcount: number };

/** Workers whose sealed rosters are in memory at once, unless one roster alone has more. */
const WORKERS_AT_ONCE = 20_000;

/** Opens the effective roster of the month, the one recorded last, of each of these employers that declared it. */
export async function* monthRosters(
  { deps, period, pause }: Question,
  employerIds: readonly string[],
): AsyncGenerator<MonthRoster> {
  const { reader } = deps.database;
  const effective = await reader.query<Declared>(
    `select distinct on (employer_id) employer_id, declaration_id, headcount from declarations
     where employer_id = any($1::uuid[]) and period = $2
     order by employer_id, recorded_at desc, declaration_id desc`,
    [employerIds, period],
  );
  for (const portion of portions(effective.rows)) {
    const asked = portion.map((each) => ({
      employerId: each.employer_id,
      declarationId: each.declaration_id,
    }));
    const sealed = await readRosters(reader, asked);
    for (const of of asked) {
      await pause();
      yield { ...of, lines: openRoster(deps.keyRing, of, sealed.get(of.declarationId)!) };
    }
  }
}

function* portions(declared: readonly Declared[]): Generator<Declared[]> {
  let portion: Declared[] = [];
  let workers = 0;
  for (const each of declared) {
    if (workers > 0 && workers + each.headcount > WORKERS_AT_ONCE) {
      yield portion;
      portion = [];
      workers = 0;
    }
    portion.push(each);
    workers += each.headcount;
  }
  if (portion.length > 0) yield portion;
}
