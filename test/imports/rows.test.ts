import { describe, expect, test } from 'vitest';
import { rowsOf } from './row-reading.ts';

const rosterLine = (overrides: Record<string, string>) => {
  const good = {
    npp: 'AB000000',
    periode: 'Mei 2026',
    nik: '3471010108745131',
    nama: 'Siti',
    tgl_lahir: '01/08/1974',
  };
  const cells: Record<string, string> = {
    ...good,
    upah: 'Rp 8.384.000,00',
    program: 'JKK|JKM',
    ...overrides,
  };
  return `${Object.keys(cells).join(';')}\n${Object.values(cells).join(';')}`;
};

describe('rosters', () => {
  test('a line becomes a row', async () => {
    expect(await rowsOf('rosters', rosterLine({ jenis_kelamin: 'P', jkp: '', kontrak: "'K-1" }))).toEqual([
      {
        ok: true,
        line: 2,
        row: {
          npp: 'AB000000',
          period: '2026-05',
          nik: '3471010108745131',
          name: 'Siti',
          birthDate: '1974-08-01',
          sex: 'F',
          citizenship: 'ID',
          wage: 8_384_000,
          programmes: 3,
          jkp: undefined,
          employmentType: undefined,
          placementContract: 'K-1',
        },
      },
    ]);
  });

  test('all bad cells are named, and personal ones hidden', async () => {
    const line = rosterLine({
      periode: 'Mei 26',
      nik: '3,40101E+15',
      nama: '',
      upah: '3.5',
      program: 'JKX',
      tgl_lahir: '#REF!',
    });
    expect(await rowsOf('rosters', line)).toEqual([
      {
        ok: false,
        line: 2,
        rejections: [
          { column: 'periode', code: 'two_digit_year', value: '••• ••' },
          { column: 'nik', code: 'nik_scientific', value: '•,••••••+••' },
          { column: 'nama', code: 'required', value: '' },
          { column: 'tgl_lahir', code: 'spreadsheet_error', value: '#•••!' },
          { column: 'upah', code: 'amount_not_whole', value: '•.•' },
          { column: 'program', code: 'unknown_programme', value: '•••' },
        ],
      },
    ]);
  });

  test.each([
    [{ upah: '0' }, 'wage_not_positive'],
    [{ tgl_lahir: '20/11/2026' }, 'birth_date_not_past'],
    [{ npp: '3471010108745131 3471010108745131' }, 'npp_format'],
  ])('%o is refused', async (cells, code) => {
    const [result] = await rowsOf('rosters', rosterLine(cells));
    expect(result).toMatchObject({
      ok: false,
      rejections: [{ code, value: expect.not.stringMatching(/\d{4}/) }],
    });
  });

  test('a bad cell is refused on each line that repeats it', async () => {
    const [header, line] = rosterLine({ periode: 'Mei 26' }).split('\n');
    const results = await rowsOf('rosters', [header, line, line].join('\n'));
    expect(results.map(({ ok, line }) => [ok, line])).toEqual([
      [false, 2],
      [false, 3],
    ]);
  });

  test('cells beyond the header are refused, missing ones are empty', async () => {
    const [header, line] = rosterLine({ jkp: '' }).split('\n');
    const results = await rowsOf(
      'rosters',
      [header, `${line};;`, `${line};x`, line!.slice(0, -1), 'AB000000'].join('\n'),
    );
    expect(results.map((result) => (result.ok ? 'ok' : result.rejections[0]!.code))).toEqual([
      'ok',
      'too_many_cells',
      'ok',
      'required',
    ]);
  });
});

describe('payments', () => {
  test('a line becomes a row', async () => {
    const [result] = await rowsOf(
      'payments',
      'npp,jumlah,tanggal_bayar,referensi,denda\nab000000,7778205,20/11/2026,T-1,ya',
    );
    expect(result).toMatchObject({
      ok: true,
      row: { npp: 'AB000000', amount: 7_778_205, paidOn: '2026-11-20', reference: 'T-1', penalty: true },
    });
  });

  test('a reference that a spreadsheet has rounded is none', async () => {
    const file = (reference: string) => `npp,amount,paidOn,reference\nAB000000,1,2026-11-20,${reference}`;
    for (const reference of ['1.23457E+15', '2E+15', '1.5e15', '1.2345678E7'])
      expect(await rowsOf('payments', file(reference))).toMatchObject([
        { rejections: [{ code: 'scientific_notation', column: 'reference' }] },
      ]);
    expect(await rowsOf('payments', file('2026E-12'))).toMatchObject([{ ok: true }]);
  });

  test('nothing is paid tomorrow, and nothing is not paid', async () => {
    const [result] = await rowsOf('payments', 'npp,amount,paidOn,reference\nAB000000,0,2026-11-21,T-1');
    expect(result).toMatchObject({ rejections: [{ code: 'amount_not_positive' }, { code: 'in_future' }] });
  });
});

describe('employers', () => {
  test('a line becomes a row', async () => {
    const file =
      'nib;nama;skala;lintang;bujur;terdaftar\n9714995100553;PT Maju;kecil;-7,85;110,15;05/01/2026';
    const [result] = await rowsOf('employers', file);
    expect(result).toMatchObject({
      ok: true,
      row: {
        nib: '9714995100553',
        scale: 'small',
        location: { latitude: -7.85, longitude: 110.15 },
        npp: undefined,
      },
    });
  });

  test.each([
    ['npp;nama\n;PT Maju', [{ code: 'identifier_missing' }]],
    ['npp;nama\n?;PT Maju', [{ code: 'npp_format', column: 'npp', value: '?' }]],
    ['npp;nama;lintang\nAB000000;PT Maju;-7,85', [{ code: 'coordinate_incomplete', column: 'longitude' }]],
  ])('%j is refused', async (file, rejections) => {
    expect(await rowsOf('employers', file)).toEqual([{ ok: false, line: 2, rejections }]);
  });
});
