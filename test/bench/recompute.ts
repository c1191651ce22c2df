import { pino } from 'pino';
import { readConfig } from '#src/config.ts';
import { startEmbedded } from '#src/db/embedded.ts';
import { migrate, transaction, uuidv7 } from '#src/db/index.ts';
import { type Deps, openDeps } from '#src/deps.ts';
import { onDay } from '#src/domain/civil.ts';
import { type Pace, renewAllStale } from '#src/facts/index.ts';
import { sealRoster, unsealRoster } from '#src/facts/roster.ts';
import { readLawFiles } from '#src/law/index.ts';
import { encodeRoster, type RosterLine } from '#src/personal-data/index.ts';
import { recordEmployers } from '#src/registry/index.ts';
import { lawWith } from '#test/setup/law-files.ts';
import { temporaryFolder } from './folder.ts';
import type { Row } from './row.ts';
import { median, secondsOf } from './timing.ts';

const PERIOD = '2026-09';
const NOW = new Date('2026-10-20T03:00:00Z');
const BY = { client: 'bench', agency: 'bench', sub: 'bench' };
const PORTION = 1_000;
const ALL_PROGRAMMES = 15;
/** As `patuh rules renew` goes. */
export const PACE: Pace = { portion: 250, lanes: 3 };

/** An employer with the roster that is stored of it. */
type Seeded = { employerId: string; declarationId: string };

/**
 * All summaries, stretches and assessments of a month anew, as after a release with other rules, beside two things
 * that cannot be less: summing the wages of the same lines in a plain table by employer, and unsealing the rosters.
 */
export async function benchRecompute({
  lines = 1_000_000,
  employers = 20_000,
  rounds = 3,
}: {
  lines?: number;
  employers?: number;
  rounds?: number;
} = {}): Promise<Row[]> {
  const folder = temporaryFolder();
  const database = await startEmbedded(folder.path);
  const opened: Deps[] = [];
  /** What stands for a release: other late charges, other rates, what is released now. */
  const release = async (values: Record<string, string>): Promise<Deps> => {
    const config = readConfig({ ...process.env, PATUH_DATA_DIR: folder.path });
    const log = pino({ level: 'silent' });
    const lawFiles = lawWith(values, readLawFiles());
    const deps = await openDeps(config, { databaseUrl: database.url, log, clock: () => NOW, lawFiles });
    opened.push(deps);
    await deps.rulesets.ownIsInForce();
    return deps;
  };
  try {
    await migrate(database.url);
    const before = await release({ 'pp-44-2015/payment/late-charge': '3' });
    const each = Math.ceil(lines / employers);
    const seeded = await seed(before, each, employers);
    await renewAllStale(before, PACE);
    await before.database.writer.query('vacuum analyze');
    const floors: number[] = [];
    const values: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const after = await release({ 'pp-44-2015/jkm/rate': `0.${30 + round}` });
      floors.push((await secondsOf(() => sumByEmployer(after))) + (await secondsToUnseal(after, seeded)));
      await before.database.writer.query('checkpoint');
      values.push(await secondsOf(() => renewAllStale(after, PACE)));
    }
    const [floorValue, value] = [median(floors), median(values)];
    return [
      {
        work: `recompute a month, ${each * employers} lines of ${employers} employers`,
        floor: 'sum … group by employer of the same lines, and unsealing the rosters',
        floorValue,
        value,
        unit: 's',
        ratio: value / floorValue,
        goal: { atMost: 3 },
        notes: `${Math.round(employers / value)} employers/s`,
      },
    ];
  } finally {
    for (const { database: each } of opened) await each.close();
    await database.stop();
    await folder.remove();
  }
}

/** Employers with a roster of the month each, two of three paid in full; and the lines in a table without anything else. */
async function seed(deps: Deps, each: number, employers: number): Promise<Seeded[]> {
  const { pool } = deps.database;
  await pool.query('create table bench_lines (employer_id uuid, nik text, wage bigint)');
  const seeded: Seeded[] = [];
  for (let start = 0; start < employers; start += PORTION) {
    const portion = Array.from({ length: Math.min(PORTION, employers - start) }, (_, index) => ({
      number: start + index,
      employerId: uuidv7(),
      declarationId: uuidv7(),
    }));
    seeded.push(...portion);
    await transaction(deps.database, async (tx) => {
      await recordEmployers(
        deps,
        tx,
        BY,
        portion.map(({ employerId, number }) => ({
          employerId,
          version: 1,
          attributes: {
            legalName: `PT Tolok Ukur ${number}`,
            kind: 'private',
            scale: 'medium',
            sector: 'general',
            regionCode: '34.01',
            registeredOn: '2024-01-02',
            jkkClass: 'III',
            jkkClassOrigin: 'bpjs_decision',
          },
        })),
      );
      const rosters = portion.map(({ number }) => rosterOf(number, each));
      await tx.client.query(
        `insert into declarations (employer_id, declaration_id, period, recorded_at, recorded_by, headcount, digest, roster)
         select e, d, $3, $4, $5, $6, digest, roster from unnest($1::uuid[], $2::uuid[], $7::bytea[], $8::bytea[])
           as u (e, d, digest, roster)`,
        [
          portion.map(({ employerId }) => employerId),
          portion.map(({ declarationId }) => declarationId),
          PERIOD,
          NOW,
          BY,
          each,
          rosters.map((roster) => deps.keyRing.digest(encodeRoster(roster))),
          rosters.map((roster, index) => sealRoster(deps.keyRing, portion[index]!, encodeRoster(roster))),
        ],
      );
      const owners = rosters.flatMap((roster, index) => roster.map(() => portion[index]!.employerId));
      const flat = rosters.flat();
      await tx.client.query(
        'insert into bench_lines select * from unnest($1::uuid[], $2::text[], $3::bigint[])',
        [owners, flat.map(({ nik }) => nik), flat.map(({ wage }) => wage)],
      );
      const payers = portion.filter(({ number }) => number % 3 > 0);
      await tx.client.query(
        `insert into payments (employer_id, payment_id, reference, amount, paid_on, period, penalty, recorded_at, recorded_by)
         select e, p, p, $3, $4, $5, false, $6, $7 from unnest($1::uuid[], $2::uuid[]) as u (e, p)`,
        [
          payers.map(({ employerId }) => employerId),
          payers.map(() => uuidv7()),
          each * 1_000_000,
          onDay('2026-10', 10),
          PERIOD,
          NOW,
          BY,
        ],
      );
      await tx.client.query("update summaries set ruleset_version = '' where employer_id = any($1)", [
        portion.map(({ employerId }) => employerId),
      ]);
    });
  }
  return seeded;
}

/** Names, numbers and wages are invented, and the same at every run. */
function rosterOf(employer: number, size: number): RosterLine[] {
  return Array.from({ length: size }, (_, index) => {
    const serial = employer * size + index;
    return {
      nik: `340101${String(serial).padStart(10, '0')}`,
      name: `Pekerja ${serial}`,
      birthDate: onDay(
        `${1965 + (serial % 40)}-${String((serial % 12) + 1).padStart(2, '0')}`,
        1 + (serial % 28),
      ),
      citizenship: 'ID',
      wage: 2_500_000 + ((serial * 7_919) % 18_000_000),
      programmes: ALL_PROGRAMMES,
    };
  });
}

async function sumByEmployer({ database }: Deps): Promise<void> {
  await database.pool.query('select employer_id, sum(wage) from bench_lines group by employer_id');
}

/** The seconds of unsealing alone: what is sealed is read before. */
async function secondsToUnseal({ database, keyRing }: Deps, seeded: readonly Seeded[]): Promise<number> {
  let seconds = 0;
  for (let start = 0; start < seeded.length; start += PORTION) {
    const found = await database.pool.query<{ employer_id: string; declaration_id: string; roster: Buffer }>(
      'select employer_id, declaration_id, roster from declarations where employer_id = any($1)',
      [seeded.slice(start, start + PORTION).map(({ employerId }) => employerId)],
    );
    seconds += await secondsOf(() => {
      for (const { employer_id: employerId, declaration_id: declarationId, roster } of found.rows)
        unsealRoster(keyRing, { employerId, declarationId }, roster);
    });
  }
  return seconds;
}
