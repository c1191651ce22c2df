import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { recordEmployer } from '#test/setup/employers.ts';

const NIB = '8120000090001';
let service: TestApp;
beforeAll(async () => {
  service = await startApp('2026-11-10T03:00:00Z');
});
afterAll(() => service.close());

async function check(subject: object, knownAt?: string) {
  const body = { purpose: 'inspection', reference: 'SPT-17', subject, knownAt };
  const answer = await service.send({ url: '/v1/checks', body });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

/** Who a check says the subject is. */
async function named(subject: object, knownAt?: string): Promise<string> {
  const { outcome, verdict, candidates } = await check(subject, knownAt);
  const ids = (candidates ?? []).map((each: { employer: { id: string } }) => each.employer.id);
  return [outcome, verdict?.employerId, ...ids.sort()].filter(Boolean).join(' ');
}

async function change(id: string, body: object, url = `/v1/employers/${id}`) {
  const { headers } = await service.send({ url });
  const changed = await service.send({
    method: 'PATCH',
    url,
    body,
    headers: { 'if-match': headers.etag! as string },
  });
  expect(changed.statusCode, changed.body).toBe(200);
}

test('a question about the past is about whom the identifiers named then', async () => {
  const [first, second] = [await recordEmployer(service), await recordEmployer(service)];
  const before = '2026-11-11T03:00:00.000Z';
  service.setNow('2026-11-12T03:00:00Z');
  await change(first.id, { nib: NIB });
  const answered = await check({ nib: NIB });
  const both = await check({ nib: NIB, npp: first.npp });
  expect(both).toMatchObject({ outcome: 'resolved', verdict: answered.verdict });
  service.setNow('2026-11-13T03:00:00Z');
  await change(first.id, { nib: null });
  const nobodys = '2026-11-14T03:00:00.000Z';
  service.setNow('2026-11-15T03:00:00Z');
  await change(second.id, { nib: NIB });

  expect(await named({ nib: NIB })).toBe(`resolved ${second.id}`);
  expect(await named({ nib: NIB }, nobodys)).toBe('none');
  expect(await named({ nib: NIB }, before)).toBe('none');
  expect(await named({ nib: NIB, npp: second.npp }, nobodys)).toBe(`resolved ${second.id}`);
  const { knownAt } = answered.verdict;
  for (const subject of [{ nib: NIB }, { nib: NIB, npp: first.npp }])
    expect(await named(subject, knownAt)).toBe(`resolved ${first.id}`);
  expect(await named({ nib: NIB, npp: second.npp }, knownAt)).toBe(
    ['conflict', ...[first.id, second.id].sort()].join(' '),
  );
  const again = await service.send({
    url: '/v1/checks',
    body: {
      purpose: 'inspection',
      reference: 'SPT-17',
      subject: { nib: NIB },
      asOf: answered.verdict.asOf,
      knownAt,
    },
  });
  expect(again.json().verdict).toEqual(answered.verdict);

  service.setNow('2026-11-17T03:00:00Z');
  await change(second.id, { nib: null });
  await change(first.id, { nib: NIB });
  expect(await named({ nib: NIB })).toBe(`resolved ${first.id}`);
  expect(await named({ nib: NIB }, '2026-11-16T03:00:00.000Z')).toBe(`resolved ${second.id}`);
  expect(await named({ nib: NIB }, nobodys)).toBe('none');
  expect(await named({ nib: NIB }, knownAt)).toBe(`resolved ${first.id}`);
});

test('an upgrade finds all that was given up before it', async () => {
  const { pool } = service.deps.database;
  const { id } = await recordEmployer(service, { nib: '8120000090002', npwp: '0123456789012345' });
  await change(id, { nib: '8120000090003', npwp: null });
  const rows = async () =>
    (
      await pool.query(
        `select f.*, exists (select from employer_identifiers i where i = (f.scheme, f.value, f.employer_id)::employer_identifiers) as held
         from former_identifiers f order by 1, 2, 3`,
      )
    ).rows;
  const given = (await rows()).filter(({ held }) => !held);
  expect(given.filter(({ employer_id }) => employer_id === id).map(({ value }) => value)).toEqual([
    '8120000090002',
    '0123456789012345',
  ]);
  await pool.query('truncate former_identifiers');
  const migration = readFileSync('migrations/0007_former_identifiers.sql', 'utf8');
  await pool.query(migration.split('--> statement-breakpoint')[1]!);
  expect(await rows()).toEqual(given);
});
