import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rowCounts } from './refusals.ts';
import { expectSummaries } from './summaries.ts';
import { CHECK, EMPLOYER, flag, payment, prepareWorld, type World, worker } from './world.ts';

const TIMES = 200;
/** Rounds that run beside one another, so that pairs meet other pairs on the connections. */
const BESIDE = 8;
/** For rounds that would supersede one another. */
const IN_TURN = { beside: 1 };

const ANONYMOUS = { ...EMPLOYER, npp: undefined, nib: undefined, npwp: undefined };

const prepared = await prepareWorld();
afterAll(() => prepared.service.close());
/** With an employer for each test, so that no history grows long. */
let world: World;
beforeEach(async () => {
  world = { ...prepared, employerId: (await prepared.post('/v1/employers', ANONYMOUS)).id };
});

type Body = Record<string, unknown>;
type Post = { url: string; body: Body; headers?: Record<string, string>; token?: string };

/** Sends two requests at once, and gives their answers with the successes first. */
async function twice(first: Post, second: Post = first) {
  const [a, b] = await Promise.all([world.service.send(first), world.service.send(second)]);
  return a.statusCode >= b.statusCode ? [a, b] : [b, a];
}

async function rounds(
  race: (round: number) => Promise<void>,
  { times = TIMES, beside = BESIDE } = {},
): Promise<void> {
  const left = Array.from({ length: times }, (_, round) => round).values();
  const runner = async () => {
    for (const round of left) await race(round);
  };
  await Promise.all(Array.from({ length: beside }, runner));
}

/** What the work adds to the tables, but for what is only derived. */
async function grown(work: () => Promise<void>): Promise<Record<string, number>> {
  const before = await rowCounts(world.service);
  await work();
  const after = await rowCounts(world.service);
  return Object.fromEntries(
    Object.entries(after)
      .map(([table, rows]): [string, number] => [table, rows - before[table]!])
      .filter(([table, rows]) => rows !== 0 && table !== 'stretches'),
  );
}

const declared = () => `/v1/employers/${world.employerId}/declarations`;
const paid = (reference: string): Body => ({
  employer: world.employerId,
  amount: 1000,
  paidOn: '2026-10-01',
  reference,
});

describe('two clients at the same moment', () => {
  test('with the same payment record it once', async () => {
    const facts = await grown(() =>
      rounds(async (round) => {
        const answers = await twice({ url: '/v1/payments', body: paid(`SAME-${round}`) });
        expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 200]);
        expect(answers[0]!.json()).toEqual(answers[1]!.json());
      }),
    );
    expect(facts).toEqual({ payments: TIMES, payment_references: TIMES });
  });

  test('with the same reference for two employers pay one of them', async () => {
    const facts = await grown(() =>
      rounds(async (round) => {
        const body = paid(`EITHER-${round}`);
        const other = { ...body, employer: world.otherId };
        const [refused, recorded] = await twice(
          { url: '/v1/payments', body },
          { url: '/v1/payments', body: other },
        );
        expect(recorded!.statusCode).toBe(201);
        expect(refused!.json()).toMatchObject({ status: 409, code: 'reference_reused' });
      }),
    );
    expect(facts).toEqual({ payments: TIMES, payment_references: TIMES });
  });

  test('with the same roster declare it once', async () => {
    const facts = await grown(() =>
      rounds(async (round) => {
        const workers = [worker(1, 5_000_000 + round)];
        const answers = await twice({ url: declared(), body: { period: '2026-09', workers } });
        expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 200]);
        expect(answers[0]!.json()).toEqual(answers[1]!.json());
      }, IN_TURN),
    );
    expect(facts).toEqual({ declarations: TIMES, assessments: TIMES, workers: 1 });
  });

  test('with the same identifiers create one employer', async () => {
    const facts = await grown(() =>
      rounds(async (round) => {
        const body = { ...ANONYMOUS, npp: `TW${1000 + round}` };
        const [refused, created] = await twice({ url: '/v1/employers', body });
        expect(created!.statusCode).toBe(201);
        expect(refused!.json()).toMatchObject({
          status: 409,
          errors: [{ pointer: '/npp', code: 'identifier_taken' }],
        });
      }),
    );
    expect(facts).toMatchObject({ employers: TIMES, employer_changes: TIMES, employer_identifiers: TIMES });
  });

  test('with two identifiers each, in either order, create one employer', async () => {
    await rounds(async (round) => {
      const nib = `91203013${10_000 + round}`;
      const [refused, created] = await twice(
        { url: '/v1/employers', body: { ...ANONYMOUS, npp: `XA${1000 + round}`, nib } },
        { url: '/v1/employers', body: { ...ANONYMOUS, npp: `XB${1000 + round}`, nib } },
      );
      expect([refused!.statusCode, created!.statusCode]).toEqual([409, 201]);
    });
  });

  test('with the same version change an employer once', async () => {
    let { etag } = (await world.service.send({ url: `/v1/employers/${world.otherId}` })).headers;
    for (let round = 0; round < TIMES / 4; round += 1) {
      const change = (address: string) =>
        world.service.send({
          method: 'PATCH',
          url: `/v1/employers/${world.otherId}`,
          body: { address },
          headers: { 'if-match': String(etag) },
        });
      const answers = await Promise.all([change(`Jalan ${round}`), change(`Gang ${round}`)]);
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412]);
      etag = answers.find(({ statusCode }) => statusCode === 200)!.headers.etag;
    }
  });

  test('with the same reversal take a payment back once, and with two different ones, too', async () => {
    const facts = await grown(() =>
      rounds(
        async (round) => {
          const url = `/v1/payments/${await payment(world)}/reversals`;
          const body = { reason: 'salah transfer', reference: `RET-${round}` };
          const same = round % 2 === 0;
          const [second, first] = await twice(
            { url, body },
            { url, body: same ? body : { ...body, reason: 'ganda' } },
          );
          if (same) expect([second!.statusCode, first!.statusCode]).toEqual([201, 200]);
          else expect([second!.json().code, first!.statusCode]).toEqual(['already_reversed', 201]);
        },
        { times: TIMES / 2 },
      ),
    );
    expect(facts).toMatchObject({ payment_reversals: TIMES / 2 });
  });
});

describe('the same Idempotency-Key at the same moment', () => {
  const CREATIONS: Record<string, [(round: number) => Omit<Post, 'headers'>, table: string]> = {
    payments: [(round) => ({ url: '/v1/payments', body: paid(`KEY-${round}`) }), 'payments'],
    declarations: [
      (round) => ({ url: declared(), body: { period: '2026-10', workers: [worker(2, 4_000_000 + round)] } }),
      'declarations',
    ],
    employers: [
      () => ({
        url: '/v1/employers',
        body: {
          ...EMPLOYER,
          legalName: 'Warung Tanpa Nomor',
          npp: undefined,
          nib: undefined,
          npwp: undefined,
        },
      }),
      'employers',
    ],
    checks: [() => ({ url: '/v1/checks', body: CHECK }), 'checks'],
    batches: [
      () => ({
        url: '/v1/check-batches',
        body: { purpose: CHECK.purpose, reference: 'B', subjects: [CHECK.subject, { name: 'CV Glagah' }] },
      }),
      'check_batches',
    ],
    flags: [
      (round) => ({
        url: '/v1/flags',
        body: { employer: world.employerId, kind: 'watch', ground: `g ${round}`, startsOn: '2026-11-20' },
      }),
      'flags',
    ],
  };

  test.each(Object.entries(CREATIONS))('gives %s one answer', async (kind, [request, table]) => {
    const facts = await grown(() =>
      rounds(async (round) => {
        const headers = { 'idempotency-key': `${kind}-${round}` };
        const answers = await twice({ ...request(round), headers });
        expect(answers[0]!.statusCode, answers[0]!.body).toBeLessThan(300);
        expect(answers[0]!.statusCode).toBe(answers[1]!.statusCode);
        expect(answers[0]!.body).toBe(answers[1]!.body);
        expect(answers[0]!.headers.location).toBe(answers[1]!.headers.location);
        const replayed = answers.map((answer) => answer.headers['idempotency-replayed']);
        expect(replayed.sort()).toEqual(['true', undefined]);
      }),
    );
    expect(facts).toMatchObject({ [table]: TIMES, idempotency_keys: TIMES });
  });

  test('with two bodies does one of them', async () => {
    const facts = await grown(() =>
      rounds(async (round) => {
        const headers = { 'idempotency-key': `two-${round}` };
        const [refused, done] = await twice(
          { url: '/v1/payments', body: paid(`ONE-${round}`), headers },
          { url: '/v1/payments', body: paid(`TWO-${round}`), headers },
        );
        expect(done!.statusCode).toBe(201);
        expect(refused!.json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
      }),
    );
    expect(facts).toMatchObject({ payments: TIMES, idempotency_keys: TIMES });
  });

  test('of a request that is refused stays free', async () => {
    const headers = { 'idempotency-key': 'refused' };
    const wrong = { url: '/v1/payments', body: { ...paid('FREE-1'), employer: 'npp:ZZ999999' }, headers };
    expect((await twice(wrong)).map(({ statusCode }) => statusCode)).toEqual([404, 404]);
    const right = await world.service.send({ url: '/v1/payments', body: paid('FREE-1'), headers });
    expect([right.statusCode, right.headers['idempotency-replayed']]).toEqual([201, undefined]);
  });
});

describe('officials at the same moment', () => {
  let officials: string[];
  beforeAll(async () => {
    officials = await Promise.all(['inspector-2', 'inspector-3'].map((sub) => world.service.token({ sub })));
  });

  test.each([
    ['approve', 'approvals', 'approvals'],
    ['approve and reject', 'approvals', 'rejections'],
    ['reject', 'rejections', 'rejections'],
  ])('who %s one flag do it once', async (_what, first, second) => {
    const facts = await grown(() =>
      rounds(
        async () => {
          const flagId = await flag(world);
          const act = (what: string, official: number): Post => ({
            url: `/v1/flags/${flagId}/${what}`,
            body: { reason: 'diperiksa' },
            token: officials[official]!,
          });
          const [refused, done] = await twice(act(first, 0), act(second, 1));
          expect([refused!.json().code, done!.statusCode]).toEqual(['flag_not_open', 201]);
          expect(done!.json().history).toHaveLength(1);
        },
        { times: 50 },
      ),
    );
    expect(facts).toEqual({ flags: 50, flag_events: 50 });
  });
});

test('fifty requests about one employer at once are all in its summary', async () => {
  const facts = await grown(async () => {
    const sent = Array.from({ length: 50 }, (_, index) =>
      index % 5 === 0
        ? {
            url: declared(),
            body: { period: `2026-0${1 + (index % 8)}`, workers: [worker(1, 6_000_000 + index)] },
          }
        : { url: '/v1/payments', body: paid(`MANY-${index}`) },
    );
    const answers = await Promise.all(sent.map((each) => world.service.send(each)));
    for (const answer of answers) expect(answer.statusCode, answer.body).toBe(201);
  });
  expect(facts).toMatchObject({ payments: 40, declarations: 10 });
});

test('after all of it every summary says what the facts say', async () => {
  await expectSummaries(world.service.deps);
});
