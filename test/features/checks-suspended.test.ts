import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';
import { agree, post } from '#test/setup/suspensions.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp('2026-11-20T03:00:00Z');
});
afterAll(() => service.close());

test.each<[what: string, suspend: (employer: string) => Promise<unknown>]>([
  ['a plan', (employer) => agree(service, employer, [['2026-12-15', 1_000]])],
  [
    'an invitation',
    (employer) =>
      post(service, '/v1/regularisations', { employer, invitedOn: '2026-11-19', deadline: '2026-12-01' }),
  ],
])('%s stands in a check and in the verdict in the same bytes', async (_what, suspend) => {
  const { id, npp } = await recordEmployer(service);
  await declareMonth(service, id, '2026-10');
  await suspend(id);
  const body = { subject: { npp }, purpose: 'inspection', reference: 'R-1' };
  const check = (await service.send({ url: '/v1/checks', body })).json();
  const verdict = (await service.send({ url: `/v1/employers/${id}/verdict` })).json();
  expect(verdict.reasons.length).toBeGreaterThan(1);
  expect(JSON.stringify(check.verdict.reasons)).toBe(JSON.stringify(verdict.reasons));
});
