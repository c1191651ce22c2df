import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { recordEmployer } from '#test/setup/employers.ts';

const PERIODS = ['2026-06', '2026-07', '2026-08', '2026-09'];
const PEOPLE = 8;

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

/** One of few persons, told by a number, as declared in a roster told by another. */
function worker(person: number, roster: number) {
  const nik = `340101120590000${person + 1}`;
  return {
    nik,
    name: `Orang ${person} / ${roster}`,
    birthDate: '1990-05-12',
    wage: 3_000_000 + roster,
    programmes: ['JKK', 'JKM'],
    ...(person % 3 === 0 && { citizenship: 'MY' }),
  };
}

async function declare(employer: string, period: string, people: readonly number[], roster: number) {
  const declared = await service.send({
    url: `/v1/employers/${employer}/declarations`,
    body: { period, workers: people.map((person) => worker(person, roster)) },
  });
  expect(declared.statusCode, declared.body).toBe(201);
}

type Listed = { id: string; nik: string; name: string; firstPeriod: string; lastPeriod: string };

async function listed(employer: string, limit: number): Promise<Listed[]> {
  const items: Listed[] = [];
  const url = `/v1/employers/${employer}/workers?purpose=berkas-7&limit=${limit}`;
  for (let cursor = ''; ; ) {
    const answer = await service.send({ url: `${url}${cursor}` });
    expect(answer.statusCode, answer.body).toBe(200);
    const page = answer.json();
    items.push(...page.items);
    if (!page.nextCursor) return items;
    expect(page.items).toHaveLength(limit);
    cursor = `&cursor=${page.nextCursor}`;
  }
}

const rosters = fc.array(
  fc.record({
    period: fc.constantFrom(...PERIODS),
    people: fc.uniqueArray(fc.integer({ min: 0, max: PEOPLE - 1 }), { minLength: 1 }),
  }),
  { minLength: 1, maxLength: 6 },
);

test('persons in declarations in force are listed once each, as last declared, whatever the pages', async () => {
  await fc.assert(
    fc.asyncProperty(rosters, fc.integer({ min: 1, max: PEOPLE }), async (declared, limit) => {
      const { id } = await recordEmployer(service, { registeredOn: '2026-01-05' });
      const inForce = new Map<string, { people: readonly number[]; roster: number }>();
      for (const [roster, { period, people }] of declared.entries()) {
        await declare(id, period, people, roster);
        inForce.set(period, { people, roster });
      }
      const expected = new Map<string, Omit<Listed, 'id'>>();
      for (const period of PERIODS) {
        const { people = [], roster = 0 } = inForce.get(period) ?? {};
        for (const { nik, name } of people.map((person) => worker(person, roster)))
          expected.set(nik, {
            nik,
            name,
            firstPeriod: expected.get(nik)?.firstPeriod ?? period,
            lastPeriod: period,
          });
      }
      const items = await listed(id, limit);
      const ids = items.map((item) => item.id);
      expect(ids).toEqual([...new Set(ids)].sort());
      const shown = items.map(({ nik, name, firstPeriod, lastPeriod }) => ({
        nik,
        name,
        firstPeriod,
        lastPeriod,
      }));
      const byNik = (a: { nik: string }, b: { nik: string }) => (a.nik < b.nik ? -1 : 1);
      expect(shown.sort(byNik)).toEqual([...expected.values()].sort(byNik));
      expect(await listed(id, 200)).toEqual(items);
    }),
    { numRuns: 40 },
  );
});

test('a page is filled although most whom the employer once declared are in no declaration in force', async () => {
  const { id } = await recordEmployer(service, { registeredOn: '2026-01-05' });
  const people = Array.from({ length: 120 }, (_, index) => index + 100);
  const of = (numbers: readonly number[]) =>
    numbers.map((person) => ({ ...worker(0, 0), nik: `3401011205900${person}` }));
  for (const numbers of [people, people.slice(-3)]) {
    const body = { period: '2026-09', workers: of(numbers) };
    const declared = await service.send({ url: `/v1/employers/${id}/declarations`, body });
    expect(declared.statusCode, declared.body).toBe(201);
  }
  const items = await listed(id, 2);
  expect(items.map(({ nik }) => nik)).toEqual(of(people.slice(-3)).map(({ nik }) => nik));
});
