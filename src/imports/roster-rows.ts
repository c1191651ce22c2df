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

/** Reads the lines of a roster file. */
export function rosterRows(header: Header<'rosters'>, today: Day): (line: Line) => RowResult<RosterRow> {
  const cells = new CellReader(header);
  const npp = cells.required('npp', nppOf);
  const period = cells.required('period', parsePeriod);
  const nik = cells.required('nik', nikOf);
  const name = cells.required('name', textUpTo(200));
  const birthDate = cells.required(
    'birthDate',
    checked(parseDay, (day) => (day < today ? undefined : 'birth_date_not_past')),
  );
  const sex = cells.optional('sex', parseSex);
  const citizenship = cells.optional('citizenship', countryOf);
  const wage = cells.required(
    'wage',
    checked(parseRupiah, (sum) => {
      if (sum > MAX_WAGE) return 'amount_too_large';
      return sum > 0 ? undefined : 'wage_not_positive';
    }),
  );
  const programmes = cells.required('programmes', parseProgrammes);
  const jkp = cells.optional('jkp', parseBoolean);
  const employmentType = cells.optional('employmentType', parseEmploymentType);
  const placementContract = cells.optional('placementContract', textUpTo(100));
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
