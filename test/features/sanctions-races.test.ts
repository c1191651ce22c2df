import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { pay } from '#test/setup/employers.ts';
import {
  enterAgency,
  LICENSING,
  openSanction,
  recordDebtor,
  request,
  step,
  take,
} from '#test/setup/sanctions.ts';

const ROUNDS = 10;

let service: TestApp;
let licensing: string;
let branch: string;

beforeAll(async () => {
  service = await startApp();
  await enterAgency(service, LICENSING, 'licensing_office');
  licensing = await service.token({ agency: LICENSING, kind: 'licensing_office' });
  branch = await service.token({ agency: 'bpjs-kulon-progo', kind: 'social_security_branch' });
});
afterAll(() => service.close());

type Answer = Awaited<ReturnType<TestApp['send']>>;

const outcome = (answer: Answer) => answer.json().code ?? answer.statusCode;
const outcomes = async (answers: Promise<Answer>[]) => (await Promise.all(answers)).map(outcome);
const rounds = (run: () => Promise<void>) => Promise.all(Array.from({ length: ROUNDS }, run));
const stepsOf = async (sanctionId: string): Promise<string[]> => {
  const { steps } = (await service.send({ url: `/v1/sanctions/${sanctionId}` })).json();
  return steps.map((each: { step: string }) => each.step);
};

test('of two agencies that open a procedure at the same time one does', async () => {
  await rounds(async () => {
    const { id } = await recordDebtor(service);
    const body = { employer: id, codes: ['ARREARS'], openedOn: '2026-09-21' };
    const send = (token?: string) =>
      service.send({ url: '/v1/sanctions', body, ...(token !== undefined && { token }) });
    expect((await outcomes([send(), send(branch)])).sort()).toEqual([201, 'sanction_already_open']);
  });
});

test('who opens a procedure twice at the same time has opened it once', async () => {
  await rounds(async () => {
    const { id } = await recordDebtor(service);
    const body = { employer: id, codes: ['ARREARS'], openedOn: '2026-09-21' };
    const answers = await Promise.all([1, 2].map(() => service.send({ url: '/v1/sanctions', body })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 201]);
    expect(answers[0]!.json().id).toBe(answers[1]!.json().id);
  });
});

test('of two warnings at the same time one is the first, and none is lost', async () => {
  await rounds(async () => {
    const sanctionId = await openSanction(service, (await recordDebtor(service)).id);
    const warnings = ['2026-09-21', '2026-09-22'].map((on) =>
      step(service, sanctionId, { step: 'first_warning', on }),
    );
    expect((await outcomes(warnings)).sort()).toEqual([201, 'sanction_step_not_open']);
    expect(await stepsOf(sanctionId)).toEqual(['first_warning']);
  });
});

test('of two decisions on one request at the same time one counts', async () => {
  await rounds(async () => {
    const { sanctionId } = await request(service, (await recordDebtor(service)).id);
    const decide = (accepted: boolean) =>
      step(
        service,
        sanctionId,
        { step: 'tmp2t_decision', on: '2026-11-10', accepted, note: 'dinilai' },
        licensing,
      );
    const codes = await outcomes([decide(true), decide(false)]);
    expect(codes.toSorted()).toEqual([201, 'sanction_step_not_open']);
    const { requests } = (await service.send({ url: `/v1/sanctions/${sanctionId}` })).json();
    expect(requests).toMatchObject([{ state: codes[0] === 201 ? 'accepted' : 'declined' }]);
  });
});

test('of two requests for one service at the same time one is made', async () => {
  await rounds(async () => {
    const { sanctionId } = await request(service, (await recordDebtor(service)).id);
    const ask = (decidedBy: string) =>
      step(service, sanctionId, {
        step: 'tmp2t_request',
        on: '2026-11-06',
        services: ['tender_permit'],
        decidedBy,
      });
    expect((await outcomes([ask('Dinas A'), ask('Dinas B')])).sort()).toEqual([201, 'sanction_service_busy']);
  });
});

test('a payment and a further step at the same time: both count, or the step finds the breach mended', async () => {
  await rounds(async () => {
    const { id, bill } = await recordDebtor(service);
    const sanctionId = await openSanction(service, id);
    const [, warned] = await Promise.all([
      pay(service, id, bill, '2026-11-20'),
      step(service, sanctionId, { step: 'first_warning', on: '2026-11-19' }),
    ]);
    expect([201, 'sanction_mended']).toContain(outcome(warned));
    expect(await stepsOf(sanctionId)).toEqual(outcome(warned) === 201 ? ['first_warning'] : []);
    expect((await service.send({ url: `/v1/sanctions/${sanctionId}` })).json().state).toBe('mended');
  });
});

test('a request to lift and the reversal of the payment at the same time: one after the other', async () => {
  await rounds(async () => {
    const { id, bill } = await recordDebtor(service);
    const { sanctionId } = await request(service, id);
    await take(service, sanctionId, { step: 'tmp2t_decision', on: '2026-11-10', accepted: true }, licensing);
    const { id: paymentId } = await pay(service, id, bill, '2026-11-20');
    const [lift, reversed] = await Promise.all([
      step(service, sanctionId, { step: 'tmp2t_lift_request', on: '2026-11-20' }),
      service.send({
        url: `/v1/payments/${paymentId}/reversals`,
        body: { reason: 'salah transfer', reference: `REV-${paymentId}` },
      }),
    ]);
    expect(reversed!.statusCode).toBe(201);
    expect([201, 'sanction_not_mended']).toContain(outcome(lift!));
    const { state, requests } = (await service.send({ url: `/v1/sanctions/${sanctionId}` })).json();
    expect([state, requests[0].state]).toEqual([
      'open',
      outcome(lift!) === 201 ? 'lift_requested' : 'accepted',
    ]);
  });
});

test('after all races the summaries and the terms say what the facts say', async () => {
  const { pool } = service.deps.database;
  const stored = await pool.query<{ ids: string[] }>(
    `select array_agg(x->>'id') as ids from summaries m, jsonb_path_query(m.facts, '$.sanctions[*].steps[*]') x`,
  );
  const steps = await pool.query<{ ids: string[] }>(
    'select array_agg(step_id::text) as ids from sanction_steps',
  );
  expect(stored.rows[0]!.ids.sort()).toEqual(steps.rows[0]!.ids.sort());
  const rows = await pool.query<{ sanction_id: string; open: string[] }>(
    `select sanction_id, array_agg(step order by step) as open from sanction_terms where kind = 'step' group by 1`,
  );
  const { items } = (await service.send({ url: '/v1/sanctions?limit=200' })).json();
  const open = (items as { id: string; nextSteps: { step: string }[] }[])
    .map(({ id, nextSteps }) => [
      id,
      nextSteps
        .map((each) => each.step)
        .filter((each) => each !== 'closed')
        .sort(),
    ])
    .filter(([, steps]) => steps!.length > 0);
  expect(Object.fromEntries(rows.rows.map((row) => [row.sanction_id, row.open]))).toEqual(
    Object.fromEntries(open),
  );
});
