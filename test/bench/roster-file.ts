import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Names, numbers and wages are invented, and the same at every run. */

/** A file of employers as `POST /v1/imports?kind=employers` takes it. */
export function employersFile(count: number): string {
  const lines = ['npp,nib,npwp,nama,jenis,skala,sektor,kelas_jkk,asal_kelas,kbli,kode_wilayah,terdaftar'];
  for (let index = 0; index < count; index += 1) {
    const nib = String(1_000_000_000_000 + index);
    const npwp = String(index + 1).padStart(16, '0');
    lines.push(
      `${nppOf(index)},${nib},${npwp},PT Tolok Ukur ${index},private,medium,general,III,bpjs_decision,31001,34.01,2024-01-02`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** What a roster file holds: `lines` workers over `employers` employers, for one month. */
export type RosterFile = {
  lines: number;
  employers: number;
  period: string;
  /** How many months the first one lies back: each month some workers are new, and some work for another employer. */
  months: number;
  /** Whether the lines of an employer stand anywhere in the file, rather than one after the other. */
  scattered: boolean;
};

/** Of a hundred workers, how many are replaced by new persons each month, and how many by those of others. */
const NEW_OF_HUNDRED = 20;
const MOVED_OF_HUNDRED = 10;
const LINES_AT_ONCE = 2_000;

/** Writes a roster file, in memory that does not grow with it. */
export async function writeRosterFile(path: string, file: RosterFile): Promise<void> {
  await pipeline(Readable.from(piecesOf(file)), createWriteStream(path));
}

function* piecesOf({ lines, employers, period, months, scattered }: RosterFile): Generator<string> {
  let piece = 'npp,periode,nik,nama,tgl_lahir,jenis_kelamin,upah,program\n';
  const each = Math.ceil(lines / employers);
  const places = each * employers;
  for (let index = 0; index < lines; index += 1) {
    const place = scattered ? (index % employers) * each + Math.floor(index / employers) : index;
    piece += lineOf(place, Math.floor(place / each), personAt(place, places, each, months), period);
    if (index % LINES_AT_ONCE !== LINES_AT_ONCE - 1) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** Who holds a place of the roster: after a month somebody new, or who held the same place of the next employer. */
function personAt(place: number, places: number, each: number, months: number): number {
  if (months === 0) return place;
  const hundredth = (place * 37) % 100;
  if (hundredth < NEW_OF_HUNDRED) return places * months + place;
  const before = hundredth < NEW_OF_HUNDRED + MOVED_OF_HUNDRED ? (place + each) % places : place;
  return personAt(before, places, each, months - 1);
}

function lineOf(place: number, employer: number, person: number, period: string): string {
  const day = two((person % 28) + 1);
  const month = two((Math.floor(person / 28) % 12) + 1);
  const year = two(60 + (Math.floor(person / 336) % 40));
  const district = String(110_101 + Math.floor(person / 13_440 / 9_999)).padStart(6, '0');
  const serial = String((Math.floor(person / 13_440) % 9_999) + 1).padStart(4, '0');
  const wage = 2_500_000 + ((place * 7_919) % 6_000_000);
  return `${nppOf(employer)},${period},${district}${day}${month}${year}${serial},Pekerja ${person},19${year}-${month}-${day},L,${wage},JKK|JKM|JHT|JP\n`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function nppOf(index: number): string {
  return `TU${String(index).padStart(6, '0')}`;
}
