import { afterAll, expect, test } from 'vitest';
import { addDays, dayOf } from '#src/domain/civil.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { lawWith } from '#test/setup/law-files.ts';
import { RandomHistory, randomFrom } from './random-history.ts';
import { expectSummaries } from './summaries.ts';

/** Another one is tried with `SEED=…`; the names of the tests say which it was. */
const SEED = Number(process.env.SEED ?? 20_261_121);
const QUESTIONS = 200;
/** Facts recorded under each ruleset: two before the questions, two after them. */
const STEPS = 250;
const DAY_MS = 86_400_000;

/** Each makes other amounts of the same facts: rates, charges and ceilings of all months. */
const LAWS = [
  lawWith({}),
  lawWith({ 'pp-44-2015/jkm/rate': '0.90', 'pp-44-2015/payment/late-charge': '5' }),
  lawWith({
    'pp-45-2015/jp/ceiling': '2109400',
    'pp-45-2015/jp/ceiling-growth': '-80',
    'pp-44-2015/jkm/rate': '0.10',
  }),
];

const START = '2025-08-20T03:00:00Z';
const services = [await startApp(START, {}, { lawFiles: LAWS[0]! })];
const first = services[0]!;
afterAll(async () => {
  for (const service of services.toReversed()) await service.close();
});
const random = randomFrom(SEED);
const history = new RandomHistory(first, random, await first.token({ sub: 'inspector-2' }));

/** The service starts again on the same database, with other files of law. */
async function restart(lawFiles: ReturnType<typeof lawWith>): Promise<TestApp> {
  const now = services.at(-1)!.deps.clock().toISOString();
  const service = await startApp(now, {}, { lawFiles, beside: first });
  services.push(service);
  history.moveTo(service);
  return service;
}

async function steps(count: number): Promise<void> {
  for (let step = 0; step < count; step += 1) await history.step();
}

async function ask(service: TestApp, url: string): Promise<string> {
  const answer = await service.send({ url, headers: { 'x-request-id': 'replay' } });
  expect(answer.statusCode, answer.body).toBeOneOf([200, 404]);
  return answer.body;
}

async function employerIds(service: TestApp): Promise<string[]> {
  const { items } = (await service.send({ url: '/v1/employers?limit=200' })).json();
  return items.map(({ id }: { id: string }) => id);
}

/** What is asked now without saying when it was known: under the address that repeats the question. */
async function answersOfNow(service: TestApp): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const id of await employerIds(service)) {
    for (const what of ['verdict', 'ledger']) {
      const asOf = addDays(dayOf(service.deps.clock()), random(300) - 200);
      const url = `/v1/employers/${id}/${what}?asOf=${asOf}`;
      const body = await ask(service, url);
      answers.set(`${url}&knownAt=${JSON.parse(body).knownAt}`, body);
    }
  }
  return answers;
}

test(`the same question has the same answer for ever (seed ${SEED})`, async () => {
  const answers = new Map<string, string>();
  const remember = async (service: TestApp) => {
    for (const [url, body] of await answersOfNow(service)) answers.set(url, body);
  };
  await steps(STEPS);
  await remember(first);
  const second = await restart(LAWS[1]!);
  await remember(second);
  await steps(STEPS);
  await remember(second);

  const ids = await employerIds(second);
  const now = second.deps.clock().getTime();
  for (let question = 0; question < QUESTIONS; question += 1) {
    const knownAt = new Date(now - random(now - Date.parse(START))).toISOString();
    const asOf = dayOf(new Date(now + (random(500) - 400) * DAY_MS));
    const id = ids[random(ids.length)]!;
    for (const what of ['verdict', 'ledger']) {
      const url = `/v1/employers/${id}/${what}?asOf=${asOf}&knownAt=${knownAt}`;
      answers.set(url, await ask(second, url));
    }
  }
  const versions = new Set([...answers.values()].map((body) => JSON.parse(body).rulesetVersion));
  expect(versions).toEqual(
    new Set([first.deps.law.version, second.deps.law.version, undefined /* of ledgers */]),
  );

  await steps(STEPS);
  await restart(LAWS[2]!);
  await steps(STEPS);
  // Whoever rolls back takes the old law up again: it has answered for other instants.
  const last = await restart(LAWS[0]!);
  await steps(STEPS / 10);
  expect([...history.accepted.keys()]).toEqual(
    expect.arrayContaining(['patch', 'declare', 'pay', 'reverse']),
  );
  for (const [url, body] of answers) expect(await ask(last, url), url).toBe(body);
  // A process that was overtaken gives the same answers, too.
  first.setNow(last.deps.clock().toISOString());
  for (const [url, body] of [...answers].slice(0, QUESTIONS)) expect(await ask(first, url), url).toBe(body);
});

test(`lists catch up with a new ruleset (seed ${SEED})`, async () => {
  const last = services.at(-1)!;
  const statuses =
    'compliant,compliant_with_conditions,non_compliant,not_registered,not_in_scope,under_review';
  const { items } = (
    await last.send({ url: `/v1/non-compliant-employers?limit=200&status=${statuses},regularising` })
  ).json();
  expect(items).toHaveLength((await employerIds(last)).length);
  await expectSummaries(last.deps);
});
