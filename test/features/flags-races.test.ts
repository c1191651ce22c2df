import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

const ROUNDS = 20;

let service: TestApp;
let officials: string[];
let employerId: string;

beforeAll(async () => {
  service = await startApp();
  officials = await Promise.all(['inspector-2', 'inspector-3'].map((sub) => service.token({ sub })));
  const created = await service.send({
    url: '/v1/employers',
    body: { legalName: 'CV Glagah', npp: 'CD123456', kind: 'private', scale: 'micro', regionCode: '34.01' },
  });
  employerId = created.json().id;
});
afterAll(() => service.close());

type Sent = [path: string, official: number, body?: object];

/** Lets the acts run at the same time on a flag of their own, and says how each and the flag came out. */
async function race(acts: Sent[], before: Sent[] = []) {
  const body = { employer: employerId, kind: 'watch', ground: 'laporan pekerja', startsOn: '2026-11-20' };
  const flagId: string = (await service.send({ url: '/v1/flags', body })).json().id;
  const send = ([path, official, content = {}]: Sent) =>
    service.send({ url: `/v1/flags/${flagId}/${path}`, body: content, token: officials[official]! });
  for (const each of before) await send(each);
  const answers = await Promise.all(acts.map(send));
  const flag = (await service.send({ url: `/v1/flags/${flagId}` })).json();
  const events: string[] = flag.history.map(({ kind }: { kind: string }) => kind);
  return {
    codes: answers.map((answer) => answer.json().code ?? answer.statusCode),
    state: flag.state,
    events: events.slice(before.length),
  };
}

const rounds = <T>(run: () => Promise<T>) => Promise.all(Array.from({ length: ROUNDS }, run));

test('of two officials who approve at the same time one does', async () => {
  for (const { codes, state, events } of await rounds(() =>
    race([
      ['approvals', 0],
      ['approvals', 1],
    ]),
  )) {
    expect(codes.sort()).toEqual([201, 'flag_not_open']);
    expect([state, events]).toEqual(['in_force', ['approval']]);
  }
});

test('one official who approves twice at the same time has approved once', async () => {
  for (const { codes, events } of await rounds(() =>
    race([
      ['approvals', 0],
      ['approvals', 0],
    ]),
  )) {
    expect([codes.sort(), events]).toEqual([[200, 201], ['approval']]);
  }
});

test('an approval and a rejection at the same time give one of the two', async () => {
  const outcomes = await rounds(() =>
    race([
      ['approvals', 0],
      ['rejections', 1, { reason: 'keliru' }],
    ]),
  );
  for (const { codes, state, events } of outcomes) {
    const approved = codes[0] === 201;
    expect(codes).toEqual(approved ? [201, 'flag_not_open'] : ['flag_not_open', 201]);
    expect([state, events]).toEqual(approved ? ['in_force', ['approval']] : ['rejected', ['rejection']]);
  }
});

test('a lift by each of two officials at the same time lifts once', async () => {
  const lifts: Sent[] = [
    ['lifts', 0, { reason: 'lunas' }],
    ['lifts', 1, { reason: 'lunas' }],
  ];
  for (const { codes, state, events } of await rounds(() => race(lifts, [['approvals', 0]]))) {
    expect([codes.sort(), state, events]).toEqual([[201, 'flag_not_open'], 'lifted', ['lift']]);
  }
});

test('after all races the summary says what the facts say', async () => {
  const { pool } = service.deps.database;
  const stored = await pool.query('select facts from summaries where employer_id = $1', [employerId]);
  const events = await pool.query('select event_id from flag_events where employer_id = $1', [employerId]);
  const summarised: { events: { id: string }[] }[] = stored.rows[0].facts.flags;
  const ids = summarised.flatMap((flag) => flag.events.map(({ id }) => id));
  expect(ids.sort()).toEqual(events.rows.map((row) => row.event_id).sort());
  expect(ids).toHaveLength(5 * ROUNDS);
});
