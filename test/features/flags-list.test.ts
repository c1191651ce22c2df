import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '#src/db/index.ts';
import { latest } from '#src/domain/civil.ts';
import { FLAG_EVENTS, FLAG_KINDS, FLAG_STATES } from '#src/domain/flags.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';

const FLAGS = 400;
const OFTEN = ['approval', 'approval', 'objection'] as const;
const BY = { client: 'c', agency: 'disnaker-kulon-progo', sub: 'inspector-1' };

let service: TestApp;
let employerId: string;

beforeAll(async () => {
  service = await startApp('2026-11-20T03:00:00Z');
  const created = await service.send({
    url: '/v1/employers',
    body: { legalName: 'PT Wates', npp: 'AB123456', kind: 'private', scale: 'small', regionCode: '34.01' },
  });
  employerId = created.json().id;
  await insertAnyFlags();
});
afterAll(() => service.close());

/** Flags with any dates and any history, also such as no sequence of requests would give. */
async function insertAnyFlags(): Promise<void> {
  const day = fc.integer({ min: 18, max: 22 }).map((number) => `2026-11-${number}`);
  const event = fc.record({
    // Ends are drawn less often, or few flags would get beyond them.
    kind: fc.constantFrom(...FLAG_EVENTS, ...OFTEN, ...OFTEN),
    flag: fc.boolean(),
    objection: fc.nat(3),
  });
  const drawn = fc.record({
    kind: fc.constantFrom(...FLAG_KINDS),
    startsOn: day,
    endsOn: fc.option(day),
    events: fc.array(event, { maxLength: 4 }),
  });
  const { pool } = service.deps.database;
  for (const { kind, startsOn, endsOn, events } of fc.sample(drawn, { numRuns: FLAGS, seed: 20261120 })) {
    const flagId = uuidv7();
    await pool.query(
      `insert into flags (employer_id, flag_id, agency_code, kind, ground, starts_on, ends_on, recorded_at, recorded_by)
       values ($1, $2, $3, $4, '=1+1', $5, $6, '2026-11-18T03:00:00Z', $7)`,
      [employerId, flagId, BY.agency, kind, startsOn, endsOn && latest(startsOn, endsOn), BY],
    );
    const ids = events.map(() => uuidv7());
    for (const [index, { kind, flag, objection }] of events.entries()) {
      await pool.query(
        `insert into flag_events (employer_id, flag_id, event_id, kind, suspensive, objection_id, upheld,
                                  recorded_at, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, '2026-11-19T03:00:00Z', $8)`,
        [
          employerId,
          flagId,
          ids[index],
          kind,
          kind === 'objection' ? flag : null,
          kind === 'objection_decision' ? ids[objection % ids.length] : null,
          kind === 'objection_decision' ? flag && objection === 0 : null,
          BY,
        ],
      );
    }
  }
}

type Item = { id: string; state: string; kind: string };

async function all(query: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await service.send({ url: `/v1/flags?limit=7&${query}${cursor && `&cursor=${cursor}`}` });
    expect(page.statusCode).toBe(200);
    items.push(...page.json().items);
    cursor = page.json().nextCursor;
  }
  return items;
}

const idsOf = (items: Item[]) => items.map(({ id }) => id);

test('the filter by state and the state that is shown agree, and pages neither skip nor repeat', async () => {
  const every = await all('');
  expect(new Set(idsOf(every)).size).toBe(FLAGS);
  expect(idsOf(every)).toEqual(idsOf(every).sort());
  for (const state of FLAG_STATES) {
    const expected = every.filter((flag) => flag.state === state);
    expect(expected.length).toBeGreaterThan(5);
    expect(await all(`state=${state}`)).toEqual(expected);
  }
});

test('filters narrow together', async () => {
  const every = await all('');
  const expected = every.filter(({ kind, state }) => kind === 'watch' && state === 'in_force');
  expect(expected.length).toBeGreaterThan(0);
  expect(await all('kind=watch&state=in_force&employer=npp:AB123456')).toEqual(expected);
  const own = await service.send({
    url: `/v1/employers/${employerId}/flags?kind=watch&state=in_force&limit=200`,
  });
  expect(own.json()).toEqual({ items: expected, nextCursor: null });
});

test('the whole list streams as NDJSON and CSV', async () => {
  const lapsed = await all('state=lapsed');
  const send = (accept: string) => service.send({ url: '/v1/flags?state=lapsed', headers: { accept } });
  const ndjson = await send('application/x-ndjson');
  expect(
    ndjson.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(lapsed);
  const csv = await send('text/csv');
  const [head, first, ...rest] = csv.body.trim().split('\r\n');
  expect(head).toMatch(/^id,employerId,kind,agency,ground,/);
  expect(first).toMatch(new RegExp(`^${lapsed[0]!.id},${employerId},\\w+,disnaker-kulon-progo,'=1\\+1,`));
  expect(rest).toHaveLength(lapsed.length - 1);
});

test.each([
  ['state=open', 'state'],
  ['kind=ban', 'kind'],
  ['limit=201', 'limit'],
  ['cursor=abc', 'cursor'],
  ['agency=all', 'agency'],
])('a query with %s is refused', async (query, field) => {
  const refused = await service.send({ url: `/v1/flags?${query}` });
  expect(refused.json()).toMatchObject({
    status: 422,
    errors: [{ pointer: expect.stringMatching(`/${field}$`) }],
  });
});
