import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import {
  employerFile,
  factCounts,
  imported,
  ROSTER_HEADER,
  rejectionsOf,
  rosterLine,
  sample,
} from './imports.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

const MONTHS = ['05', '06', '07', '08', '09', '10'];

test('the files of Kulon Progo are taken whole, and taken again change nothing', async () => {
  const token = await service.token({ agency: 'bpjs-ketenagakerjaan', regions: ['34', '51'] });
  const all = async () => {
    const results = [await imported(service, 'employers', sample('employers'), { token })];
    for (const month of MONTHS) {
      results.push(await imported(service, 'rosters', sample(`rosters-2026-${month}`), { token }));
    }
    results.push(await imported(service, 'payments', sample('payments'), { token }));
    return results;
  };
  const results = await all();
  for (const result of results) {
    expect(result).toMatchObject({ state: 'succeeded', linesRejected: 0, groupsRejected: 0 });
    expect(result.linesAccepted).toBe(result.linesRead);
  }
  const counts = await factCounts(service);
  expect(counts).toMatchObject({ employers: 80, payments: 403 });

  const again = await all();
  expect(again.map(({ linesAccepted }) => linesAccepted)).toEqual(
    results.map(({ linesAccepted }) => linesAccepted),
  );
  expect(await factCounts(service)).toEqual(counts);
});

test('a bad line rejects its group with every bad line of it, wherever they stand', async () => {
  await imported(service, 'employers', employerFile(['GOOD1', 'BAD01', 'DUP01', 'MONTH1']));
  const file = [
    ROSTER_HEADER,
    rosterLine('GOOD1', 1),
    rosterLine('BAD01', 2, { upah: 'banyak' }),
    rosterLine('DUP01', 3),
    rosterLine('BAD01', 4),
    rosterLine('GOOD1', 5),
    '',
    rosterLine('BAD01', 6, { nik: '3.40101E+15' }),
    rosterLine('NOBODY', 7),
    rosterLine('DUP01', 3),
    rosterLine('MONTH1', 8),
    rosterLine('MONTH1', 9, { periode: 'kapan' }),
    rosterLine('GOOD1', 10, { periode: '2027-01' }),
    rosterLine('GOOD1', 11, { periode: '2014-01' }),
    `"GOOD1"x${rosterLine('', 12)}`,
  ].join('\n');
  const before = await factCounts(service);
  const result = await imported(service, 'rosters', file);
  expect(result).toMatchObject({
    state: 'succeeded',
    linesRead: 13,
    linesAccepted: 2,
    groupsAccepted: 1,
    linesRejected: 11,
    groupsRejected: 8,
  });
  const rejections = await rejectionsOf(service, result);
  expect(rejections.map(({ line, column, code }) => [line, column, code])).toEqual([
    [3, 'upah', 'amount_format'],
    [8, 'nik', 'nik_scientific'],
    [9, 'npp', 'employer_not_found'],
    [10, 'nik', 'duplicate_nik'],
    [12, 'periode', 'period_format'],
    [13, 'periode', 'in_future'],
    [14, 'periode', 'before_programmes'],
    [15, undefined, 'misplaced_quote'],
  ]);
  expect(rejections[1]!.value).toBe('•.••••••+••');
  expect(rejections[3]!.value).toBe('•'.repeat(16));
  const after = await factCounts(service);
  expect(after.declarations! - before.declarations!).toBe(1);
  expect(after.workers! - before.workers!).toBe(2);
  expect(service.logs()).not.toContain('340101120590');
});

test('rejections come as pages, as CSV, and in Indonesian', async () => {
  const file = [ROSTER_HEADER, ...[1, 2, 3].map((worker) => rosterLine('NOBODY', worker))].join('\n');
  const { id } = await imported(service, 'rosters', file);
  const url = `/v1/imports/${id}/rejections`;
  const first = (await service.send({ url: `${url}?limit=2` })).json();
  const second = (await service.send({ url: `${url}?limit=2&cursor=${first.nextCursor}` })).json();
  expect([...first.items, ...second.items].map(({ line }) => line)).toEqual([2, 3, 4]);
  expect(second.nextCursor).toBeNull();
  const csv = await service.send({ url, headers: { accept: 'text/csv', 'accept-language': 'id' } });
  expect(csv.body).toBe(
    [
      'line,column,value,code,detail',
      ...[2, 3, 4].map(
        (line) => `${line},npp,NOBODY,employer_not_found,Pemberi kerja tidak ditemukan; daftarkan dahulu`,
      ),
      '',
    ].join('\r\n'),
  );
});

test('broken UTF-8 in a line rejects the group of that line', async () => {
  await imported(service, 'employers', employerFile(['UTF01', 'UTF02']));
  const [good, broken] = [rosterLine('UTF01', 1), rosterLine('UTF02', 2, { nama: 'Siti?' })];
  const file = Buffer.from([ROSTER_HEADER, good, broken, rosterLine('UTF02', 3)].join('\n'));
  file[file.indexOf('?')] = 0xff;
  const result = await imported(service, 'rosters', file);
  expect(result).toMatchObject({ groupsAccepted: 1, groupsRejected: 1, linesRejected: 2 });
  expect(await rejectionsOf(service, result)).toMatchObject([{ line: 3, code: 'invalid_utf8' }]);
});

test('NDJSON is read like CSV', async () => {
  await imported(service, 'employers', employerFile(['JSON1']));
  const worker = {
    npp: 'JSON1',
    period: '2026-10',
    nik: '3401011205900001',
    name: 'Siti',
    birthDate: '1990-05-12',
    wage: 3_500_000,
    programmes: ['JKK', 'JKM'],
  };
  const lines = [worker, { ...worker, period: '2026-09', wage: -1 }, { ...worker, period: '2026-09', x: 1 }];
  const body = lines.map((line) => JSON.stringify(line)).join('\n');
  const type = 'application/x-ndjson; charset=UTF-8';
  const result = await imported(service, 'rosters', body, { type });
  expect(result).toMatchObject({ groupsAccepted: 1, groupsRejected: 1, linesRejected: 2 });
  expect(await rejectionsOf(service, result)).toMatchObject([
    { line: 2, column: 'wage', code: 'amount_negative', value: '-•' },
    { line: 3, column: 'x', code: 'unknown_column' },
  ]);
});

test('control characters are refused wherever they stand, and never kept', async () => {
  await imported(service, 'employers', employerFile(['NUL01']));
  const header = await imported(service, 'rosters', `${ROSTER_HEADER},a\0b\n`);
  expect(header).toMatchObject({ state: 'failed', error: { code: 'unknown_column' } });

  const lines: Record<string, string>[] = [
    { nama: 'Siti\0' },
    { periode: '\0' },
    { npp: 'NUL\x0001' },
    { nik: '3401\0' },
  ];
  const cells = await imported(
    service,
    'rosters',
    [ROSTER_HEADER, ...lines.map((changes, index) => rosterLine('NUL01', index + 1, changes))].join('\n'),
  );
  expect(cells).toMatchObject({ state: 'succeeded', linesAccepted: 0, linesRejected: 4 });
  expect(await rejectionsOf(service, cells)).toMatchObject([
    { line: 2, code: 'control_character', value: '••••\uFFFD' },
    { line: 3, code: 'period_format', value: '\uFFFD' },
    { line: 4, code: 'npp_format', value: 'NUL\uFFFD01' },
    { line: 5, code: 'nik_digits', value: '••••\uFFFD' },
  ]);

  const keys = await imported(service, 'rosters', JSON.stringify({ 'Siti\0': 1, '\ud800': 1 }), {
    type: 'application/x-ndjson',
  });
  expect(await rejectionsOf(service, keys)).toMatchObject([
    { line: 1, column: '••••\uFFFD', code: 'unknown_column' },
    { line: 1, column: '\uFFFD', code: 'unknown_column' },
  ]);
});
