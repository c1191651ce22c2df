import { type Day, dayNumber } from '#src/domain/civil.ts';
import type { Rupiah } from '#src/domain/money.ts';
import type { EmploymentType } from './obligations.ts';
import type { ProgrammeMask } from './programme-mask.ts';

/** What a roster line must tell to be assessed. */
export type AssessedLine = {
  wage: Rupiah;
  programmes: ProgrammeMask;
  birthDate: Day;
  citizenship: string;
  employmentType?: EmploymentType | undefined;
};

/** The same of all lines of a roster, column by column: a nation's rosters are assessed without an object per worker. */
export type AssessedColumns = {
  count: number;
  wages: Float64Array;
  programmes: Uint8Array;
  /** Days of birth as {@link dayNumber} has them. */
  births: Int32Array;
  /** 1 for citizens of Indonesia. */
  citizens: Uint8Array;
  /** 1 for who is employed by the day, piece or season. */
  daily: Uint8Array;
};

const WAGE_BYTES = 8;
const BIRTH_BYTES = 4;

/** Columns to be filled, in one piece. */
export function emptyColumns(count: number): AssessedColumns {
  const births = count * WAGE_BYTES;
  const programmes = births + count * BIRTH_BYTES;
  const room = new ArrayBuffer(programmes + count * 3);
  return {
    count,
    wages: new Float64Array(room, 0, count),
    births: new Int32Array(room, births, count),
    programmes: new Uint8Array(room, programmes, count),
    citizens: new Uint8Array(room, programmes + count, count),
    daily: new Uint8Array(room, programmes + count * 2, count),
  };
}

/** The columns of lines. */
export function columnsOf(lines: readonly AssessedLine[]): AssessedColumns {
  const columns = emptyColumns(lines.length);
  for (const [index, line] of lines.entries()) {
    columns.wages[index] = line.wage;
    columns.programmes[index] = line.programmes;
    columns.births[index] = dayNumber(line.birthDate);
    columns.citizens[index] = line.citizenship === 'ID' ? 1 : 0;
    columns.daily[index] = line.employmentType === 'daily' ? 1 : 0;
  }
  return columns;
}
