import { describe, expect, test } from 'vitest';
import { type ImportKind, readHeader } from '#src/imports/columns.ts';

const roster = 'npp,periode,nik,nama,tgl_lahir,upah,program';

function placesOf(kind: ImportKind, header: string) {
  const result = readHeader(kind, header.split(','));
  return result.ok
    ? Object.fromEntries([...result.header.places].map(([column, { at }]) => [column, at]))
    : result;
}

describe('a header names its columns', () => {
  test.each([
    ['Indonesian', roster],
    ['English', 'npp,period,nik,name,birthDate,wage,programmes'],
    ['mixed, in capitals, with blanks and quotes', ' NPP ,"Period",NIK,Nama,BIRTHDATE,\'Upah,PROGRAM'],
    ['with empty cells behind', `${roster},,`],
  ])('%s', (_name, header) => {
    expect(placesOf('rosters', header)).toEqual({
      npp: 0,
      period: 1,
      nik: 2,
      name: 3,
      birthDate: 4,
      wage: 5,
      programmes: 6,
    });
  });

  test('in any order, with optional columns', () => {
    const header = `jkp,jenis_hubungan_kerja,kewarganegaraan,kontrak,jenis_kelamin,${roster}`;
    expect(placesOf('rosters', header)).toMatchObject({
      jkp: 0,
      employmentType: 1,
      citizenship: 2,
      sex: 4,
      npp: 5,
    });
    expect(placesOf('payments', 'kanal,denda,periode,referensi,tanggal_bayar,jumlah,npp')).toMatchObject({
      channel: 0,
      npp: 6,
    });
    expect(
      placesOf(
        'employers',
        'npp,nib,npwp,nama,jenis,skala,sektor,kelas_jkk,asal_kelas,kbli,kode_wilayah,alamat,lintang,bujur,terdaftar,ditutup,izin_alih_daya',
      ),
    ).toMatchObject({ legalName: 3, regionCode: 10, outsourcingLicence: 16 });
  });
});

describe('a header is refused', () => {
  test.each<[string, ImportKind, string, string, string | undefined]>([
    ['for an unknown column', 'rosters', `${roster},gaji`, 'unknown_column', 'gaji'],
    ['for a nameless column', 'rosters', `npp,,${roster}`, 'unknown_column', ''],
    ['for a column of another kind', 'rosters', `${roster},nib`, 'unknown_column', 'nib'],
    ['for a column in both languages', 'rosters', `${roster},wage`, 'duplicate_column', 'wage'],
    ['for a missing column', 'rosters', 'npp,periode,nik', 'missing_column', 'nama'],
    ['for a missing column', 'payments', 'npp,amount,paidOn', 'missing_column', 'referensi'],
    [
      'where data stands in its place',
      'rosters',
      'AB000000,2026-05,3471010108745131',
      'missing_header',
      undefined,
    ],
    ['and hides what is no name', 'rosters', 'npp,Siti Aminah', 'unknown_column', '•••• ••••••'],
    ['and hides a wage', 'rosters', 'npp,3500000', 'unknown_column', '•••••••'],
    ['and shows it of another kind', 'payments', 'npp,No. 7', 'unknown_column', 'No. 7'],
    ['and replaces control characters', 'payments', 'npp,a\u0000\ud800', 'unknown_column', 'a\uFFFD\uFFFD'],
    ['and hides a NIK', 'rosters', 'npp,3471010108745131', 'unknown_column', '••••••••••••••••'],
  ])('%s', (_name, kind, header, code, column) => {
    expect(placesOf(kind, header)).toEqual(
      column === undefined ? { ok: false, code } : { ok: false, code, column },
    );
  });
});
