import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { tableText } from '#src/cli/table.ts';
import { loadLaw } from '#src/law/index.ts';

/** What `patuh rules` writes to stdout, of no database at all; fails with its code and stderr. */
async function rules(...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, DATABASE_URL: 'postgres://nobody@localhost:1/none' };
  const run = promisify(execFile)(process.execPath, ['src/cli/patuh.ts', 'rules', ...args], { env });
  return (await run).stdout.replaceAll('\u00a0', ' ');
}

test('every parameter of a month is shown with its value, article and status', async () => {
  const { parameters, version } = loadLaw();
  const output = await rules('--on', '2026-02');
  expect(output).toMatch(new RegExp(`^Ruleset ${version}, 2026-02-01\n`));
  const shown = output.split('\n').map((line) => line.split(/ {2,}/));
  for (const { id } of parameters) expect(shown.map(([first]) => first)).toContain(id);
  expect(shown).toContainEqual([
    'pp-45-2015/jp/ceiling',
    'Rp 10,547,400',
    '2025-03',
    'PP 45/2015 art. 29(3)-(4)',
    'C1',
  ]);
  expect(shown).toContainEqual(['pp-7-2025/jkk/class-i', '(ended)', '2026-02', expect.anything(), 'D']);
});

test('parameters are picked by the beginning of their ids, in Indonesian, tables in lines of their own', async () => {
  const output = await rules('policy/indicative', '--lang', 'id', '--on', '2026-02');
  expect(output).toContain('Kelompok risiko JKK');
  expect(output).toMatch(/ I: 46 47 .*\n.* II: 01 .*\n/);
  expect(output).toContain('kebijakan Patuh “Kelompok risiko JKK');
  expect(output).toMatch(/ keputusan produk\n/);
  expect(output).not.toContain('pp-44-2015');
  const bands = await rules('pp-44-2015/bpu/income-bands', '--lang', 'id', '--on', '2026-02');
  expect(bands).toMatch(
    /mulai Rp 0, nominal Rp 1\.000\.000 .*\n.*mulai Rp 1\.100\.000, nominal Rp 1\.200\.000/,
  );
  expect(await rules('pp-44-2015/jkk/class-iii', '--lang', 'id', '--on', '2026-02')).toContain('0,89 %');
});

test('two months are compared side by side', async () => {
  const output = await rules('diff', '2026-02', '2027-03');
  expect(output).toMatch(/Parameter +2026-02 +2027-03/);
  expect(output).toMatch(/pp-45-2015\/jp\/ceiling +Rp 10,547,400 +\(not published, or not entered\)\n/);
  expect(output).not.toContain('jkk/class-iii ');
  expect(await rules('diff', '2026-04', '2026-04')).toContain('There is no difference.');
});

test('in Indonesian everything but ids and quoted sources is Indonesian', async () => {
  const output = await rules('--lang', 'id', '--on', '2025-03');
  for (const said of [
    'tanggal 15 bulan berikutnya',
    'tanggal 15 bulan iuran',
    'jika bukan hari kerja: hari kerja berikutnya',
    'makanan, minuman, dan tembakau',
    'modal: mikro Rp 1.000.000.000, kecil',
    'PP 44/2015 Pasal 16 ayat (1) huruf c',
    'PP 44/2015 Lampiran II',
    'Januari 2025',
    '(berakhir)',
    'Kepastian',
  ])
    expect(output).toContain(said);
  expect(output).not.toMatch(/\bart\.|annex|product_decision|micro Rp|food|following|if not/i);
  const legend = output.trimEnd().split('\n').slice(-7);
  expect(legend).toContain('C1: dibaca dalam naskah peraturannya');
  expect(legend.at(-1)).toMatch(/^keputusan produk: /);
});

test('few parameters are shown with all values, sources and payer; many where that is asked for', async () => {
  const few = await rules('pp-45-2015/jp/ceiling', '--on', '2026-06');
  expect(few).toContain('pp-45-2015/jp/ceiling: Wage ceiling of JP\nBorne by: nobody\n');
  expect(few).toContain(
    'The last value is published or entered up to February 2027; that is no end set by law.',
  );
  expect(few).toMatch(/2015-07 +2016-02 +Rp 7,000,000 .* LN 2015 No\. 155, TLN 5715\n/);
  expect(few).toMatch(/\n2026-03 {3,}Rp 11,086,300 /);
  expect(few).toContain('The highest wage that JP is computed on');
  expect(await rules('pp-44', '--on', '2026-06')).not.toContain('Borne by');
  expect(await rules('pp-44', '--on', '2026-06', '--verbose')).toContain('Borne by: the employer');
});

test('calendar, reasons and the policy on checks can be read, too', async () => {
  const calendar = await rules('calendar', '--lang', 'id');
  expect(calendar).toMatch(/2026: SKB 1497\/2025, .* Lampiran\n/);
  expect(calendar).toMatch(/2026-08-17 +Hari Kemerdekaan +libur nasional\n/);
  expect(calendar).toMatch(/2026-05-15 +Kenaikan Yesus Kristus +cuti bersama\n/);
  const reasons = await rules('reasons');
  expect(reasons).toMatch(/ARREARS +Contributions overdue +PP 44\/2015 art\. 22; .* C2\n/);
  expect(reasons).toContain('C2: read in a report of the regulation');
  const checks = await rules('check-policy');
  expect(checks).toMatch(/tender_award, contract_payment +Compliant +proceed +proceed\n/);
  expect(checks).toMatch(/ Compliant with conditions +proceed_with_conditions +hold\n/);
  expect(checks).toMatch(/procurement_block +tender_opening/);
  const placements = await rules('placement-policy', '--lang', 'id');
  expect(placements).toMatch(/workers_missing .* proceed_with_conditions +PP 35\/2021 Pasal 18 ayat \(3\)\n/);
  expect(placements).toMatch(/ tender_award, contract_payment +hold *\n/);
});

test.each([
  [['--on', 'today'], /'today' is no month/],
  [['--on', '2014-12'], /begins with 2015-07/],
  [['diff', '2026-13', '2026-01'], /'2026-13' is no month/],
  [['diff', '2026-01'], /patuh rules diff/],
  [['calendar', '2026'], /patuh rules calendar/],
  [['pp-1-1900'], /no parameter whose id begins/],
  [['--lang', 'nl'], /--lang takes id or en/],
  [['--color'], /--color/],
])('rules refuses %j', async (args, message) => {
  await expect(rules(...args)).rejects.toMatchObject({ code: 1, stdout: '', stderr: message });
});

test('a table breaks long cells between words, and never inside one', () => {
  const columns = [
    { heading: 'A', width: 5 },
    { heading: 'B', width: 4 },
  ];
  expect(
    tableText(columns, [
      ['aa bb cc', 'unbreakable'],
      ['x\ny z', ''],
    ]),
  ).toBe(['A      B', '─────  ───────────', 'aa bb  unbreakable', 'cc', 'x', 'y z', ''].join('\n'));
});
