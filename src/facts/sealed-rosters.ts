import type { ClientBase, Pool } from 'pg';
import { uuidArray } from '#src/db/index.ts';
import type { Period } from '#src/domain/civil.ts';
import type { KeyRing, RosterLine } from '#src/personal-data/index.ts';
import { openRoster, type RosterOf } from './roster.ts';

/** Workers whose sealed rosters are in memory at once, unless one roster alone has more. */
const WORKERS_AT_ONCE = 20_000;

/** A declared roster that is in force: the latest of its month. */
export type RosterInForce = RosterOf & { period: Period; headcount: number };

/** Which rosters of an employer are in force, the oldest month first. */
export async function readInForce(client: ClientBase | Pool, employerId: string): Promise<RosterInForce[]> {
  const { rows } = await client.query<{ period: Period; declaration_id: string; headcount: number }>(
    `select distinct on (period) period, declaration_id, headcount from declarations
     where employer_id = $1 order by period, recorded_at desc, declaration_id desc`,
    [employerId],
  );
  return rows.map(({ declaration_id: declarationId, ...of }) => ({ employerId, declarationId, ...of }));
}

/** The sealed rosters of these declarations, by the declaration's id. */
export async function readRosters(
  client: ClientBase | Pool,
  of: readonly RosterOf[],
): Promise<Map<string, Buffer>> {
  if (of.length === 0) return new Map();
  const found = await client.query<{ declaration_id: string; roster: Buffer }>(
    `select d.declaration_id, d.roster
     from unnest($1::uuid[], $2::uuid[]) as u (employer_id, declaration_id)
     join declarations d on d.employer_id = u.employer_id and d.declaration_id = u.declaration_id`,
    [
      uuidArray(of.map(({ employerId }) => employerId)),
      uuidArray(of.map(({ declarationId }) => declarationId)),
    ],
  );
  return new Map(found.rows.map((row) => [row.declaration_id, row.roster]));
}

/** Opens rosters one after the other, each in its turn; no more of them are in memory than some thousand workers have. */
export async function* openRosters<Of extends RosterOf & { headcount: number }>(
  { keyRing, client }: { keyRing: KeyRing; client: ClientBase | Pool },
  declared: readonly Of[],
  pause: () => Promise<unknown> | undefined,
): AsyncGenerator<{ of: Of; lines: RosterLine[] }> {
  for (const portion of portions(declared)) {
    const sealed = await readRosters(client, portion);
    for (const of of portion) {
      await pause();
      const { employerId, declarationId } = of;
      const lines = openRoster(keyRing, { employerId, declarationId }, sealed.get(declarationId)!);
      yield { of, lines };
    }
  }
}

function* portions<Of extends { headcount: number }>(declared: readonly Of[]): Generator<Of[]> {
  let portion: Of[] = [];
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
