import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { startApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';

const service = await startApp(new Date().toISOString());
afterAll(() => service.close());

/** What the command writes to stdout, and its exit code. */
async function load(...args: string[]): Promise<{ code: number; lines: string[]; error: string }> {
  const folder = service.deps.config.PATUH_DATA_DIR;
  const env = { PATH: process.env.PATH, DATABASE_URL: service.databaseUrl, PATUH_DATA_DIR: folder };
  const ran = promisify(execFile)(process.execPath, ['src/cli/patuh.ts', 'minimum-wages', ...args], { env });
  const { code = 0, stdout, stderr } = await ran.catch((error) => error);
  return { code, lines: stdout.trimEnd().split('\n'), error: stderr };
}

async function file(...lines: string[]): Promise<string> {
  const path = join(service.deps.config.PATUH_DATA_DIR, 'upah.csv');
  await writeFile(path, lines.join('\r\n'));
  return path;
}

async function warned(id: string): Promise<boolean> {
  const { reasons } = (await service.send({ url: `/v1/employers/${id}/verdict` })).json();
  return reasons.some(({ minimumWage }: { minimumWage?: object }) => minimumWage);
}

test('without a file it records the provincial ones that come with it, once, each with its source', async () => {
  const { id } = await recordEmployer(service, { scale: 'large', registeredOn: '2026-01-05' });
  await declareMonth(service, id, '2026-02', 2_417_494);
  expect(await warned(id)).toBe(false);
  const { code, lines } = await load();
  expect({ code, last: lines.at(-1) }).toEqual({
    code: 0,
    last: '76 added, 0 changed, 0 unchanged, 0 refused',
  });
  expect(lines).toContain('ump-2026.csv:15: added 34 Daerah Istimewa Yogyakarta 2026 Rp 2,417,495');
  expect(await warned(id)).toBe(true);

  const again = await load();
  expect(again.lines.at(-1)).toBe('0 added, 0 changed, 76 unchanged, 0 refused');
  const { items } = (await service.send({ url: '/v1/minimum-wages?limit=200' })).json();
  expect(items).toHaveLength(76);
  for (const { source } of items) expect(source).toMatch(/^https:\/\//);
  for (const year of [2025, 2026]) {
    const of = items.filter((item: { year: number }) => item.year === year);
    expect(of.map((item: { regionCode: string }) => item.regionCode)).toEqual(
      service.deps.regions.provinces.map(({ code: province }) => province),
    );
  }
});

test('a file is recorded line by line; what is refused says why and leaves the others alone', async () => {
  const path = await file(
    '\ufeffyear;regionCode;monthly;source',
    '2027;34.01;2504520;"Keputusan Gubernur; lampiran"',
    '2027;34.99;2504520;',
    '2027;34.01.01;2504520;',
    '1999;34.01;2504520;',
    '2027;34.02;2.504.520,07;',
    '2027;34.02;0;',
    '',
    '2027;34.02;Rp 2.509.001,00',
    '2027;34.01;2600000;',
  );
  const { code, lines } = await load(path);
  expect(code).toBe(1);
  expect(lines.slice(0, -1).map((line) => line.slice(path.length))).toEqual([
    ':2: added 34.01 Kabupaten Kulon Progo 2027 Rp 2,504,520',
    ':3: refused: regionCode: Not a province or regency of Kemendagri.',
    expect.stringMatching(/^:4: refused: regionCode: /),
    ':5: refused: year: At least 2015.',
    expect.stringMatching(/^:6: refused: monthly: /),
    ':7: refused: monthly: At least 1.',
    ':9: added 34.02 Kabupaten Bantul 2027 Rp 2,509,001',
    ':10: changed 34.01 Kabupaten Kulon Progo 2027 Rp 2,600,000',
  ]);
  expect(lines.at(-1)).toBe('2 added, 1 changed, 0 unchanged, 5 refused');
});

test.each([
  [['year,monthly', '2026,1'], /no column regionCode/],
  [[], /empty/],
])('a file like %j is refused whole', async (lines, message) => {
  const { code, error } = await load(await file(...lines));
  expect({ code, error }).toEqual({ code: 1, error: expect.stringMatching(message) });
});
