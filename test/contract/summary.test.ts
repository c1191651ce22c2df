import { afterAll, expect, test } from 'vitest';
import { addDays, dayOf } from '#src/domain/civil.ts';
import { STATUSES } from '#src/domain/status.ts';
import { startApp } from '#test/setup/app.ts';
import { RandomHistory, randomFrom } from './random-history.ts';
import { expectSummaries } from './summaries.ts';

/** Another one is tried with `SEED=…`; the names of the tests say which it was. */
const SEED = Number(process.env.SEED ?? 20_261_120);
const STEPS = 1_000;
const BETWEEN_LOOKS = 250;
/** Days after today for which summaries are asked, past the stretches that lists have stored. */
const AHEAD = [0, 1, 17, 44, 90, 400];
const KINDS = [
  'create',
  'patch',
  'declare',
  'pay',
  'reverse',
  'raise',
  'observe',
  'approvals',
  'rejections',
  'lifts',
  'objections',
  'plans',
  'disputes',
  'regularisations',
  'decisions',
  'withdrawals',
  'minimum-wages',
  'inspections',
  'outcomes',
];

const service = await startApp('2026-01-20T03:00:00Z');
afterAll(() => service.close());
const history = new RandomHistory(service, randomFrom(SEED), await service.token({ sub: 'inspector-2' }));

async function employerIds(): Promise<string[]> {
  const { items } = (await service.send({ url: '/v1/employers?limit=200' })).json();
  return items.map(({ id }: { id: string }) => id);
}

/** The verdict without the clock by which alone it differs when it is asked of all facts. */
async function verdict(id: string, query: string): Promise<object> {
  const answer = await service.send({ url: `/v1/employers/${id}/verdict?${query}` });
  expect(answer.statusCode, answer.body).toBe(200);
  const { knownAt: _, ...rest } = answer.json();
  return rest;
}

test(`summaries say what the facts say, after each of ${STEPS} random events (seed ${SEED})`, async () => {
  for (let step = 1; step <= STEPS; step += 1) {
    await history.step();
    if (step % BETWEEN_LOOKS === 0) await expectSummaries(service.deps);
  }
  // A history in which some kind of thing never came about would prove little.
  expect([...history.accepted.keys()].sort()).toEqual([...KINDS].sort());
  const condensed = await service.deps.database.pool.query(
    "select from summaries where facts ? 'settledThrough'",
  );
  expect(condensed.rowCount).toBeGreaterThan(0);
});

test(`verdicts from summaries are those from all facts, today and later (seed ${SEED})`, async () => {
  const now = service.deps.clock();
  for (const id of await employerIds()) {
    for (const days of AHEAD) {
      const asOf = addDays(dayOf(now), days);
      const fromFacts = await verdict(id, `asOf=${asOf}&knownAt=${now.toISOString()}`);
      expect(await verdict(id, `asOf=${asOf}`)).toEqual(fromFacts);
    }
  }
});

test(`the list shows of each employer what its verdict says, as days pass (seed ${SEED})`, async () => {
  const start = service.deps.clock().getTime();
  for (const days of AHEAD.slice(0, -1)) {
    service.setNow(new Date(start + days * 86_400_000).toISOString());
    const url = `/v1/non-compliant-employers?limit=200&status=${STATUSES.join(',')}`;
    const { items } = (await service.send({ url })).json();
    expect(items).toHaveLength((await employerIds()).length);
    for (const { employer, status, codes, arrears, restrictions } of items) {
      const judged = await verdict(employer.id, '');
      expect(judged).toMatchObject({ status, arrears, restrictions });
      const { reasons } = judged as { reasons: { code: string }[] };
      expect([...new Set(reasons.map(({ code }) => code))]).toEqual(codes);
    }
    await expectSummaries(service.deps);
  }
});
