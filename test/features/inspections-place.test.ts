import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EARTH_RADIUS_METRES, type Place } from '#src/domain/place.ts';
import { type QueueAsked, queueQuery } from '#src/features/inspections/queue-query.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { planOf, readWhole } from '#test/setup/plans.ts';

const EMPLOYERS = 100_000;
const TODAY = '2026-11-20';
const PAGE = { limit: 50 };
const KULON_PROGO = { latitude: -7.8588, longitude: 110.1583 };

let service: TestApp;
/** Places of the employers, as brute force knows them. */
let places: { id: string; place: Place }[];

beforeAll(async () => {
  service = await startApp(`${TODAY}T03:00:00Z`);
  const { pool } = service.deps.database;
  // Java mostly, some anywhere on the earth, as much around poles and the antimeridian as elsewhere; every tenth is nowhere.
  await pool.query(
    `insert into employers (employer_id, version, legal_name, plain_name, npp, kind, scale, sector, region_code,
                            kbli_code, latitude, longitude, created_at, updated_at)
     select gen_random_uuid(), 1, 'PT ' || n, 'pt ' || n, 'N' || n, 'private',
            (array['micro', 'small', 'medium', 'large'])[1 + n % 4], 'general',
            (31 + n % 6) || '.' || lpad((1 + n % 30)::text, 2, '0'), lpad((n % 99)::text, 2, '0') || '100',
            case when n % 10 > 0 then case when n % 50 = 1 then 89.9 * sin(n) else -6 - 2.5 * sin(n * 7) ^ 2 end end,
            case when n % 10 > 0 then case when n % 50 = 1 then 180 * cos(n) else 105 + 9 * sin(n * 13) ^ 2 end end,
            now(), now()
     from generate_series(1, ${EMPLOYERS}) n`,
  );
  await pool.query(
    `insert into stretches (employer_id, from_on, until_on, status, codes, months, contributions, late_charge, total,
                            flagged, legal_name, region_code, gravity, priority, vendor)
     select employer_id, from_on, from_on + 20, 'non_compliant', array['ARREARS'], 2, 1000, 0, 1000, false, legal_name,
            region_code, 40, (hashtext(npp) & 1023) % 900, false
     from employers, (values ('2026-11-10'::date), ('2026-11-30'::date)) as starts (from_on)`,
  );
  await pool.query(
    `insert into summaries (employer_id, last_recorded_at, computed_on, ruleset_version, stretched_until, facts)
     select employer_id, now(), '2026-11-10', $1, '2026-12-20', jsonb_build_object('padding', repeat('x', 200))
     from employers`,
    [service.deps.law.version],
  );
  await pool.query(
    `insert into inspections (employer_id, inspection_id, agency_code, inspector, planned_on, claims, priority,
                              recorded_at, recorded_by)
     select employer_id, gen_random_uuid(), 'a', 'b', '2026-12-01', '{}', '{}', now(), '{}'
     from employers order by npp limit 5000`,
  );
  await pool.query(
    `insert into inspection_outcomes (employer_id, inspection_id, outcome_id, kind, on_day, found, recorded_at,
                                      recorded_by)
     select employer_id, inspection_id, gen_random_uuid(), 'visited', '2026-11-19', '{}', now(), '{}'
     from inspections where hashtext(inspection_id::text) % 2 = 0`,
  );
  await pool.query('analyze');
  const found = await pool.query<{ id: string } & Place>(
    `select s.employer_id as id, e.latitude, e.longitude
     from stretches s join employers e on e.employer_id = s.employer_id
     where s.priority > 0 and s.from_on = '2026-11-10' and e.latitude is not null`,
  );
  places = found.rows.map(({ id, ...place }) => ({ id, place }));
});
afterAll(() => service.close());

/** What a page of the queue is read by: relations that are read from end to end. */
async function scanned(asked: QueueAsked, regions = ['34']): Promise<string[]> {
  const scope = (alias: string, bind: (value: unknown) => string) =>
    `(${alias}.region_code = any(${bind(regions)}::text[])
      or ${alias}.region_code like any(${bind(regions.map((region) => `${region}.%`))}::text[]))`;
  const { sql, values } = queueQuery(asked, scope, TODAY);
  const page = `${sql} limit ${asked.limit + 1}`;
  const nodes = await planOf(service.deps.database.reader, [page, values]);
  expect(nodes.length).toBeGreaterThan(1);
  return readWhole(nodes);
}

/** A cursor's text for a position somewhere deep in the queue. */
async function deepCursor(): Promise<string> {
  const found = await service.deps.database.pool.query<{ priority: number; employer_id: string }>(
    `select priority, employer_id from stretches where priority > 0
     order by priority desc, employer_id desc offset 60000 limit 1`,
  );
  const { priority, employer_id } = found.rows[0]!;
  return Buffer.from(JSON.stringify([priority, employer_id])).toString('base64url');
}

describe('a page of the queue at 100,000 employers is read without going through all of them:', () => {
  const java = ['31', '32', '33', '34', '35', '36'];
  test.each<[what: string, asked: Partial<QueueAsked>, regions: string[]]>([
    ['the first page of all', {}, java],
    ['of a province', {}, ['34']],
    ['of a regency', {}, ['34.04']],
    ['around an office', { near: KULON_PROGO, radiusMetres: 5_000 }, java],
    ['around an office, in its regency', { near: KULON_PROGO, radiusMetres: 5_000 }, ['34.04']],
    ['within 500 km', { near: KULON_PROGO, radiusMetres: 500_000 }, java],
    ['around the antimeridian', { near: { latitude: 0, longitude: 180 }, radiusMetres: 9_000 }, java],
    ['without a place', { located: 'false' }, java],
    ['not assigned', { assigned: 'false' }, java],
    ['assigned', { assigned: 'true' }, java],
    ['of vendors', { vendor: 'true' }, java],
  ])('%s', async (_, asked, regions) => {
    expect(await scanned({ ...PAGE, ...asked }, regions)).toEqual([]);
    expect(await scanned({ ...PAGE, ...asked, cursor: await deepCursor() }, regions)).toEqual([]);
  });
});

/** Metres on the great circle (haversine). */
function distance(a: Place, b: Place): number {
  const [from, to] = [a.latitude, b.latitude].map((degrees) => (degrees * Math.PI) / 180) as [number, number];
  const across = ((b.longitude - a.longitude) * Math.PI) / 180;
  const part = Math.sin((to - from) / 2) ** 2 + Math.cos(from) * Math.cos(to) * Math.sin(across / 2) ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(part)));
}

async function within(near: Place, radiusMetres: number) {
  const { sql, values } = queueQuery({ ...PAGE, near, radiusMetres }, () => 'true', TODAY);
  const found = await service.deps.database.reader.query<{
    employer_id: string;
    priority: number;
    metres: number;
  }>(sql, values);
  return found.rows;
}

describe('nobody within the radius is missed, nobody outside shown,', () => {
  test.each<[latitude: number, longitude: number, radius: number]>([
    [-7.8588, 110.1583, 5_000],
    [-7.8588, 110.1583, 500_000],
    [-7.8588, 110.1583, 1],
    [-6.2, 106.8, 40_000],
    [0, 180, 500_000],
    [10, -179.9, 450_000],
    [-60.5, 179.99, 300_000],
    [90, 0, 500_000],
    [-90, 0, 500_000],
    [89.5, 120, 400_000],
    [-89.9, -180, 20_000],
    [86, -179.5, 300_000],
    [70, 20, 500_000],
  ])('around %d, %d within %d m', async (latitude, longitude, radius) => {
    const near = { latitude, longitude };
    const expected = places.filter(({ place }) => distance(near, place) <= radius).map(({ id }) => id);
    const found = await within(near, radius);
    expect(found.map((row) => row.employer_id).sort()).toEqual(expected.sort());
    const order = found.map(({ priority, employer_id }) => [priority, employer_id]);
    expect(order).toEqual(
      [...order].sort((a, b) => (a[0] === b[0] ? (a[1]! < b[1]! ? 1 : -1) : +b[0]! - +a[0]!)),
    );
  });

  test('around some of them, to the metre', async () => {
    for (const { id, place } of places.filter((_, index) => index % 9_001 === 0)) {
      const near = { latitude: place.latitude * 0.999, longitude: place.longitude * 0.9995 };
      const metres = Math.ceil(distance(near, place));
      if (metres < 2 || metres > 500_000) continue;
      expect((await within(near, metres)).map((row) => row.employer_id)).toContain(id);
      expect((await within(near, metres - 1)).map((row) => row.employer_id)).not.toContain(id);
    }
  });
});
