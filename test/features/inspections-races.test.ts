import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';

const ROUNDS = 15;
const TODAY = '2026-11-20';

/** Two processes on one database. */
let service: TestApp;
let other: TestApp;
let tokens: [siti: string, budi: string];

beforeAll(async () => {
  service = await startApp(`${TODAY}T03:00:00Z`);
  other = await startApp(`${TODAY}T03:00:00Z`, {}, { beside: service });
  tokens = [await service.token({ sub: 'siti' }), await service.token({ sub: 'budi' })];
});
afterAll(async () => {
  await other.close();
  await service.close();
});

async function owing(): Promise<string> {
  const { id } = await recordEmployer(service, { registeredOn: '2026-09-01' });
  await declareMonth(service, id, '2026-09');
  return id;
}

async function inspectionsOf(employer: string) {
  return (await service.send({ url: `/v1/inspections?employer=${employer}` })).json().items;
}

test('of two inspectors who take the same case at once, one gets it', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const employer = await owing();
    const take = (from: TestApp, token: string) =>
      from.send({ url: '/v1/inspections', body: { employer }, token });
    const answers = await Promise.all([take(service, tokens[0]), take(other, tokens[1])]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
    expect(answers.find(({ statusCode }) => statusCode === 409)!.json().code).toBe(
      'inspection_already_assigned',
    );
    const winner = answers.find(({ statusCode }) => statusCode === 201)!.json();
    expect(await inspectionsOf(employer)).toEqual([winner]);
  }
});

test('who asks twice at once gets one case', async () => {
  const employer = await owing();
  const take = (from: TestApp) => from.send({ url: '/v1/inspections', body: { employer }, token: tokens[0] });
  const answers = await Promise.all([take(service), take(other), take(service), take(other)]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 200, 201]);
  expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
});

test('of two outcomes of one case at once, one is recorded, with its evidence and no other', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const employer = await owing();
    const { id } = (await service.send({ url: '/v1/inspections', body: { employer } })).json();
    const close = (from: TestApp, headcount: number) =>
      from.send({
        url: `/v1/inspections/${id}/outcomes`,
        body: { on: TODAY, found: ['PARTIAL_WORKERS'], evidence: { headcount } },
      });
    const answers = await Promise.all([close(service, 5), close(other, 6)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
    const { evidenceId } = answers.find(({ statusCode }) => statusCode === 201)!.json().outcome;
    const evidence = (await service.send({ url: `/v1/evidence?employer=${employer}` })).json().items;
    expect(evidence.map((each: { id: string }) => each.id)).toEqual([evidenceId]);
  }
});

test('a conflict that is declared while the case is taken comes before it or after it', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const employer = await owing();
    const [taken, declared] = await Promise.all([
      service.send({ url: '/v1/inspections', body: { employer }, token: tokens[0] }),
      other.send({
        url: '/v1/inspections/conflicts',
        body: { employer, inspector: 'siti', reason: 'kerabat' },
        token: tokens[1],
      }),
    ]);
    expect(declared.statusCode, declared.body).toBe(201);
    const items = await inspectionsOf(employer);
    if (taken.statusCode === 201) expect(items).toEqual([taken.json()]);
    else expect([taken.json().code, items]).toEqual(['conflict_of_interest', []]);
  }
});
