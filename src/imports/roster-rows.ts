import type { Day, Period } from '#src/domain/civil.ts';
import { MAX_WAGE } from '#src/domain/money.ts';
import type { RosterLine } from '#src/personal-data/index.ts';
import { parseRupiah } from './amounts.ts';
import { CellReader, type RowResult } from './cells.ts';
import type { Header } from './columns.ts';
import { parseDay, parsePeriod } from './dates.ts';
import { nikOf, nppOf } from './identifiers.ts';
import type { Line } from './lines.ts';
import { checked } from './refusal.ts';
import { countryOf, textUpTo } from './values.ts';
import { parseBoolean, parseEmploymentType, parseProgrammes, parseSex } from './words.ts';

/** One worker in one contribution month of one employer. */
export type RosterRow = RosterLine & { npp: string; period: Period };

export const LONGEST_NAME = 200;
export const LONGEST_CONTRACT = 100;

export type RosterParsers = ReturnType<typeof rosterParsers>;

/** What the cells of a roster file may say on a day. */
export function rosterParsers(today: Day) {
  return {
    npp: nppOf,
    period: parsePeriod,
    nik: nikOf,
    name: textUpTo(LONGEST_NAME),
    birthDate: checked(parseDay, (day) => (day < today ? undefined : 'birth_date_not_past')),
    sex: parseSex,
    citizenship: countryOf,
    wage: checked(parseRupiah, (sum) => {
      if (sum > MAX_WAGE) return 'amount_too_large';
      return sum > 0 ? undefined : 'wage_not_positive';
    }),
    programmes: parseProgrammes,
    jkp: parseBoolean,
    employmentType: parseEmploymentType,
    placementContract: textUpTo(LONGEST_CONTRACT),
  };
}

/** Reads the lines of a roster file. */
export function rosterRows(header: Header<'rosters'>, today: Day): (line: Line) => RowResult<RosterRow> {
  const cells = new CellReader(header);
  const parsers = rosterParsers(today);
  const npp = cells.required('npp', parsers.npp);
  const period = cells.required('period', parsers.period);
  const nik = cells.required('nik', parsers.nik);
  const name = cells.required('name', parsers.name);
  const birthDate = cells.required('birthDate', parsers.birthDate);
  const sex = cells.optional('sex', parsers.sex);
  const citizenship = cells.optional('citizenship', parsers.citizenship);
  const wage = cells.required('wage', parsers.wage);
  const programmes = cells.required('programmes', parsers.programmes);
  const jkp = cells.optional('jkp', parsers.jkp);
  const employmentType = cells.optional('employmentType', parsers.employmentType);
  const placementContract = cells.optional('placementContract', parsers.placementContract);
  return cells.rows((line) => ({
    npp: npp(line),
    period: period(line),
    nik: nik(line),
    name: name(line),
    birthDate: birthDate(line),
    sex: sex(line),
    citizenship: citizenship(line) ?? 'ID',
    wage: wage(line),
    programmes: programmes(line),
    jkp: jkp(line),
    employmentType: employmentType(line),
    placementContract: placementContract(line),
  }));
}
