import { expect, test } from 'vitest';
import { loadRegions } from '#src/law/index.ts';

const regions = loadRegions();

test('38 provinces hold 514 regencies and cities', () => {
  expect(regions.provinces).toHaveLength(38);
  expect(regions.provinces.flatMap(({ code }) => regions.under(code))).toHaveLength(514);
});

test.each([
  ['34', 'Daerah Istimewa Yogyakarta'],
  ['34.01', 'Kabupaten Kulon Progo'],
  ['61.02', 'Kabupaten Mempawah'],
  ['72.06', 'Kabupaten Morowali'],
  ['72.12', 'Kabupaten Morowali Utara'],
])('%s is %s', (code, name) => {
  expect(regions.has(code)).toBe(true);
  expect(regions.name(code)).toBe(name);
});

test('a region is under its province and under itself, not under a code that looks alike', () => {
  expect(regions.under('34').map(({ code }) => code)).toEqual(['34.01', '34.02', '34.03', '34.04', '34.71']);
  expect(regions.under('34.01').map(({ code }) => code)).toEqual(['34.01']);
  expect(regions.under('3')).toEqual([]);
  expect(regions.has('34.99')).toBe(false);
  expect(regions.name('99')).toBeUndefined();
});
