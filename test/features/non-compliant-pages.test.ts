import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';

let service: TestApp;

beforeAll(async () => {
  service = await startApp();
  for (const [name, wage] of [
    ['delta', 3_000_000],
    ['bravo', 3_000_000],
    ['charlie', 5_000_000],
    ['Bravo', 4_000_000],
  ] as const) {
    const { id } = await recordEmployer(service, { legalName: name });
    await declareMonth(service, id, '2026-10', wage);
  }
  await recordEmployer(service, { legalName: 'echo', registeredOn: undefined });
});
afterAll(() => service.close());

async function page(query: string) {
  const answer = await service.send({ url: `/v1/non-compliant-employers?${query}` });
  expect(answer.statusCode, answer.body).toBe(200);
  const { items, nextCursor } = answer.json();
  const names: string[] = items.map(
    ({ employer }: { employer: { legalName: string } }) => employer.legalName,
  );
  return { names, nextCursor: nextCursor as string | null };
}

test.each(['-arrears', '-months', 'name'])(
  'pages by %s show every employer once, while others come',
  async (sort) => {
    const whole = (await page(`sort=${sort}`)).names;
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null && seen.length < 20) {
      const { names, nextCursor } = await page(`sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`);
      expect(names).toHaveLength(1);
      seen.push(...names);
      cursor = nextCursor;
      if (seen.length > 1) continue;
      // First in every order, where the reader has been already.
      const { id } = await recordEmployer(service, { legalName: `A${10 - whole.length}` });
      for (let month = 10; month > 10 - whole.length; month -= 1)
        await declareMonth(service, id, `2026-${String(month).padStart(2, '0')}`, 9_000_000);
    }
    expect(seen).toEqual(whole);
    const now = (await page(`sort=${sort}`)).names;
    expect(now).toHaveLength(whole.length + 1);
    expect(now.slice(1)).toEqual(whole);
  },
);

test('a cursor of another order is refused', async () => {
  const { nextCursor } = await page('sort=-months&limit=1');
  const answer = await service.send({
    url: `/v1/non-compliant-employers?sort=-arrears&cursor=${nextCursor}`,
  });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors[0]).toMatchObject({ code: 'invalid_cursor' });
});
