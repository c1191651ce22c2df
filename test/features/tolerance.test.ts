import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLawFiles } from '#src/law/index.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, pay, recordEmployer } from '#test/setup/employers.ts';

const FILE = 'policy/arrears-tolerance.yaml';

/** The law with a tolerance for awards, and from December on for everybody. */
function tolerantLaw() {
  const files = new Map(readLawFiles());
  const text = files.get(FILE)!;
  const values = text.indexOf('values:');
  const basis = /    basis:[^]*/.exec(text)![0];
  const value = (from: string, general: number) =>
    `  - from: ${from}\n    value:\n      general: "${general}"\n      purposes: { tender_award: "20000" }\n${basis}`;
  files.set(FILE, `${text.slice(0, values)}values:\n${value('2015-07-01', 0)}${value('2026-12-01', 5000)}`);
  return files;
}

let service: TestApp;
let employer: { id: string; npp: string };
beforeAll(async () => {
  service = await startApp(undefined, undefined, { lawFiles: tolerantLaw() });
  employer = await recordEmployer(service, { registeredOn: '2026-10-05' });
  const bill = await declareMonth(service, employer.id, '2026-10');
  await pay(service, employer.id, bill - 4_000, '2026-11-10', { period: '2026-10' });
});
afterAll(() => service.close());

async function check(purpose: string, more: object = {}) {
  const body = { subject: { npp: employer.npp }, purpose, reference: 'T-1', ...more };
  return (await service.send({ url: '/v1/checks', body })).json();
}

test('small arrears are a breach but for the purpose that tolerates them', async () => {
  expect(await check('tender_award')).toMatchObject({
    action: 'proceed',
    verdict: {
      status: 'compliant',
      reasons: [{ code: 'BELOW_TOLERANCE', severity: 'info', periods: ['2026-10'], amount: 4_000 }],
      arrears: { months: 1, contributions: 4_000 },
    },
  });
  expect(await check('business_licence')).toMatchObject({
    action: 'hold',
    verdict: { status: 'non_compliant', reasons: [{ code: 'ARREARS', severity: 'breach', amount: 4_000 }] },
  });
});

test('a tolerance that rises ends the breach on its day', async () => {
  const now = await check('business_licence');
  expect(now.verdict.validUntil).toBe('2026-12-01');
  const before = await check('business_licence', { asOf: '2026-11-30' });
  expect(before.verdict.status).toBe('non_compliant');
  const after = await check('business_licence', { asOf: '2026-12-01' });
  expect(after.verdict).toMatchObject({ status: 'compliant', reasons: [{ code: 'BELOW_TOLERANCE' }] });
  const standing = await service.send({
    url: `/v1/employers/${employer.id}/standing?from=2026-11-01&to=2026-12-15`,
  });
  expect(standing.json().breaches).toEqual([{ from: '2026-11-17', to: '2026-11-30', codes: ['ARREARS'] }]);
});
