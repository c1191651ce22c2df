import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { recordEmployer } from '#test/setup/employers.ts';

let service: TestApp;
let menoreh: { id: string };
let maju: { id: string };

beforeAll(async () => {
  service = await startApp();
  menoreh = await recordEmployer(service, {
    legalName: 'PT Jasa Keamanan Menoreh',
    npp: 'AB123456',
    npwp: '012345678901000',
  });
  maju = await recordEmployer(service, { legalName: 'CV Maju Jaya', npp: 'MJ0001', nib: '9120301234567' });
  await recordEmployer(service, { legalName: 'PT Maju Jaya Tbk', npp: 'MJ0002', regionCode: '34.04' });
  for (let index = 0; index < 6; index += 1)
    await recordEmployer(service, { legalName: `CV Sumber Rejeki ${index}`, npp: `SR000${index}` });
  const jakarta = await service.token({ regions: ['31'] });
  await service.send({
    url: '/v1/employers',
    token: jakarta,
    body: {
      legalName: 'PT Garda Menoreh Jakarta',
      npp: 'JKT001',
      nib: '1111111111111',
      kind: 'private',
      scale: 'small',
      regionCode: '31.71',
    },
  });
});
afterAll(() => service.close());

async function resolve(subject: object, token?: string) {
  const answer = await service.send({ url: '/v1/employers/resolve', body: subject, ...(token && { token }) });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

describe('identifiers', () => {
  test('decide in whatever form they are written, against any name', async () => {
    for (const subject of [
      { npp: ' ab-123456 ' },
      { npwp: '01.234.567.8-901.000' },
      { npp: 'AB123456', npwp: '0012345678901000', name: 'CV Maju Jaya' },
    ]) {
      const answer = await resolve(subject);
      expect(answer).toMatchObject({ outcome: 'resolved', employer: { id: menoreh.id, scale: 'small' } });
      expect(answer).not.toHaveProperty('candidates');
    }
  });

  test('that point to two employers are a conflict', async () => {
    const answer = await resolve({ npp: 'AB123456', nib: '9120301234567' });
    expect(answer.outcome).toBe('conflict');
    expect(answer).not.toHaveProperty('employer');
    expect(answer.candidates).toEqual([
      {
        employer: {
          id: menoreh.id,
          legalName: 'PT Jasa Keamanan Menoreh',
          npp: 'AB123456',
          regionCode: '34.01',
        },
        score: 0.5,
        reasons: ['npp_matches'],
      },
      {
        employer: { id: maju.id, legalName: 'CV Maju Jaya', npp: 'MJ0001', regionCode: '34.01' },
        score: 0.5,
        reasons: ['nib_matches', 'npp_differs'],
      },
    ]);
  });

  test('of which one is unknown: news where none is on file, a conflict where another one is', async () => {
    expect(await resolve({ npp: 'AB123456', nib: '9999999999999' })).toMatchObject({
      outcome: 'resolved',
      employer: { id: menoreh.id },
    });
    expect(await resolve({ npp: 'MJ0001', nib: '9999999999999' })).toMatchObject({
      outcome: 'conflict',
      candidates: [{ employer: { id: maju.id }, score: 0.5, reasons: ['npp_matches', 'nib_differs'] }],
    });
  });

  test('that nobody has leave the name to be asked', async () => {
    expect(await resolve({ npp: 'ZZ99999' })).toEqual({ outcome: 'none' });
    const answer = await resolve({ npp: 'ZZ99999', name: 'Jasa Keamanan Menoreh' });
    expect(answer).toMatchObject({ outcome: 'candidates', candidates: [{ employer: { id: menoreh.id } }] });
  });
});

describe('names', () => {
  test('never resolve, not even where only one employer has the name', async () => {
    const { outcome, candidates } = await resolve({ name: 'PT. JASA KEAMANAN MENOREH' });
    expect(outcome).toBe('candidates');
    expect(candidates).toHaveLength(1);
    expect(candidates[0]).toMatchObject({ score: 1, reasons: ['name_equal'] });
  });

  test('are found misspelt, with how alike they are', async () => {
    const { candidates } = await resolve({ name: 'jasa kemanan menore' });
    expect(candidates[0]).toMatchObject({ employer: { id: menoreh.id }, reasons: ['name_similar'] });
    expect(candidates[0].score).toBeGreaterThan(0.5);
    expect(candidates[0].score).toBeLessThan(1);
    expect(String(candidates[0].score)).toMatch(/^0\.\d{1,3}$/);
  });

  test('give at most five candidates, best first', async () => {
    const { candidates } = await resolve({ name: 'Sumber Rejeki' });
    expect(candidates).toHaveLength(5);
    const scores = candidates.map(({ score }: { score: number }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  test.each([
    ['34.01', 'MJ0001'],
    ['34.04', 'MJ0002'],
  ])('of namesakes the one in region %s comes first', async (regionCode, npp) => {
    const { candidates } = await resolve({ name: 'Maju Jaya', regionCode });
    expect(candidates).toHaveLength(2);
    expect(candidates[0]).toMatchObject({
      employer: { npp },
      score: 1,
      reasons: ['name_equal', 'same_region'],
    });
    expect(candidates[1]).toMatchObject({ score: 0.85, reasons: ['name_equal'] });
  });

  test('that are like nobody give nothing', async () => {
    expect(await resolve({ name: 'Xyzzy Qwerty' })).toEqual({ outcome: 'none' });
    expect(await resolve({ name: '???' })).toEqual({ outcome: 'none' });
  });
});

describe('jurisdiction', () => {
  test('employers elsewhere do not exist for an agency', async () => {
    expect(await resolve({ npp: 'JKT001' })).toEqual({ outcome: 'none' });
    expect(await resolve({ name: 'Garda Menoreh Jakarta' })).toEqual({ outcome: 'none' });
    expect(await resolve({ npp: 'AB123456', nib: '1111111111111' })).toMatchObject({ outcome: 'resolved' });
  });

  test('an employer finds itself only', async () => {
    const token = await service.token({ kind: 'employer', agency: 'pt', employerId: menoreh.id });
    expect(await resolve({ npp: 'AB123456' }, token)).toMatchObject({ outcome: 'resolved' });
    expect(await resolve({ npp: 'MJ0001' }, token)).toEqual({ outcome: 'none' });
    expect(await resolve({ name: 'Maju Jaya' }, token)).toEqual({ outcome: 'none' });
  });
});

describe('what cannot be asked', () => {
  test.each([
    [{}, '', 'subject_missing'],
    [{ regionCode: '34.01' }, '', 'subject_missing'],
    [{ npp: '!' }, '/npp', 'npp_format'],
    [{ nib: '123' }, '/nib', 'nib_format'],
    [{ npwp: '0123456789012345000001' }, '/npwp', 'npwp_is_nitku'],
    [{ npp: 'AB123456', colour: 'red' }, '/colour', 'unknown_field'],
  ])('%j is refused at %s', async (subject, pointer, code) => {
    const answer = await service.send({ url: '/v1/employers/resolve', body: subject });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([expect.objectContaining({ pointer, code })]);
  });

  test('without registry:read', async () => {
    const token = await service.token({ scopes: ['checks:create'] });
    const answer = await service.send({ url: '/v1/employers/resolve', body: { npp: 'AB123456' }, token });
    expect(answer.statusCode).toBe(403);
  });
});
