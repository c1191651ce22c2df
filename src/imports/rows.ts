import type { Day, Period } from '#src/domain/civil.ts';
import { CLASS_ORIGINS, type ClassOrigin, type EmployerKind } from '#src/domain/employer.ts';
import type { Rupiah } from '#src/domain/money.ts';
import { JKK_CLASSES, type JkkClass, type Scale, type Sector } from '#src/domain/parameters.ts';
import type { RosterLine } from '#src/personal-data/index.ts';
import { parseRupiah } from './amounts.ts';
import { CellReader, type RowResult } from './cells.ts';
import type { Header } from './columns.ts';
import { parseDay, parsePeriod } from './dates.ts';
import { kbliOf, nibOf, nikOf, nppOf, npwpOf, regionOf } from './identifiers.ts';
import type { Line } from './lines.ts';
import { checked } from './refusal.ts';
import { countryOf, degreesWithin, oneOf, parseBoolean, parseProgrammes, parseSex, textUpTo } from './values.ts';
import { EMPLOYER_KIND_WORDS, EMPLOYMENT_WORDS, SCALE_WORDS, SECTOR_WORDS } from './words.ts';

/** One worker in one contribution month of one employer. */
export type RosterRow = RosterLine & { npp: string; period: Period };

/** What a file says of an employer; what is absent is left as it is. At least one of NPP and NIB is there. */
export type EmployerRow = {
  npp: string | undefined;
  nib: string | undefined;
  npwp: string | undefined;
  legalName: string;
  kind: EmployerKind | undefined;
  scale: Scale | undefined;
  sector: Sector | undefined;
  jkkClass: JkkClass | undefined;
  jkkClassOrigin: ClassOrigin | undefined;
  kbliCode: string | undefined;
  regionCode: string | undefined;
  address: string | undefined;
  location: { latitude: number; longitude: number } | undefined;
  registeredOn: Day | undefined;
  closedOn: Day | undefined;
  outsourcingLicence: string | undefined;
};

export type PaymentRow = {
  npp: string;
  amount: Rupiah;
  paidOn: Day;
  reference: string;
  period: Period | undefined;
  penalty: boolean;
  channel: string | undefined;
};

const name = textUpTo(200);
const reference = textUpTo(100);

/** Reads the lines of a roster file. */
export function rosterRows(header: Header<'rosters'>, today: Day): (line: Line) => RowResult<RosterRow> {
  const cells = new CellReader(header);
  const npp = cells.required('npp', nppOf);
  const period = cells.required('period', parsePeriod);
  const nik = cells.required('nik', nikOf);
  const workerName = cells.required('name', name);
  const birthDate = cells.required('birthDate', checked(parseDay, (day) => (day < today ? undefined : 'in_future')));
  const sex = cells.optional('sex', parseSex);
  const citizenship = cells.optional('citizenship', countryOf);
  const wage = cells.required('wage', checked(parseRupiah, (sum) => (sum > 0 ? undefined : 'wage_not_positive')));
  const programmes = cells.required('programmes', parseProgrammes);
  const jkp = cells.optional('jkp', parseBoolean);
  const employmentType = cells.optional('employmentType', oneOf(EMPLOYMENT_WORDS));
  const placementContract = cells.optional('placementContract', reference);
  return cells.rows((line) => ({
    npp: npp(line),
    period: period(line),
    nik: nik(line),
    name: workerName(line),
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

/** Reads the lines of an employer file. */
export function employerRows(header: Header<'employers'>, today: Day): (line: Line) => RowResult<EmployerRow> {
  const cells = new CellReader(header);
  const pastDay = checked(parseDay, (day) => (day > today ? 'in_future' : undefined));
  const npp = cells.optional('npp', nppOf);
  const nib = cells.optional('nib', nibOf);
  const npwp = cells.optional('npwp', npwpOf);
  const legalName = cells.required('legalName', name);
  const kind = cells.optional('kind', oneOf(EMPLOYER_KIND_WORDS));
  const scale = cells.optional('scale', oneOf(SCALE_WORDS));
  const sector = cells.optional('sector', oneOf(SECTOR_WORDS));
  const jkkClass = cells.optional('jkkClass', oneOf(themselves(JKK_CLASSES)));
  const jkkClassOrigin = cells.optional('jkkClassOrigin', oneOf(themselves(CLASS_ORIGINS)));
  const kbliCode = cells.optional('kbli', kbliOf);
  const regionCode = cells.optional('regionCode', regionOf);
  const address = cells.optional('address', textUpTo(500));
  const latitude = cells.optional('latitude', degreesWithin(90));
  const longitude = cells.optional('longitude', degreesWithin(180));
  const registeredOn = cells.optional('registeredOn', pastDay);
  const closedOn = cells.optional('closedOn', pastDay);
  const outsourcingLicence = cells.optional('outsourcingLicence', reference);
  return cells.rows((line) => {
    const row = {};
    return row as EmployerRow;
  });
}
