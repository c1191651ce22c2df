import type { Day } from '#src/domain/civil.ts';
import type { ClassOrigin, EmployerKind } from '#src/domain/employer.ts';
import type { JkkClass, Scale, Sector } from '#src/domain/parameters.ts';
import { CellReader, type RowResult } from './cells.ts';
import type { Header } from './columns.ts';
import { parseDay } from './dates.ts';
import { kbliOf, nibOf, nppOf, npwpOf, regionOf } from './identifiers.ts';
import type { Line } from './lines.ts';
import { checked } from './refusal.ts';
import { degreesWithin, linesUpTo, textUpTo } from './values.ts';
import { parseClassOrigin, parseEmployerKind, parseJkkClass, parseScale, parseSector } from './words.ts';

/** What a file says of an employer; what is absent is left as it is. At least one of NPP and NIB is there. */
export type EmployerRow = {
  npp: string | undefined;
  nib: string | undefined;
  npwp: string | undefined;
  legalName: string | undefined;
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

/** Reads the lines of an employer file. */
export function employerRows(
  header: Header<'employers'>,
  today: Day,
): (line: Line) => RowResult<EmployerRow> {
  const cells = new CellReader(header);
  const parsePast = checked(parseDay, (day) => (day > today ? 'in_future' : undefined));
  const npp = cells.optional('npp', nppOf);
  const nib = cells.optional('nib', nibOf);
  const npwp = cells.optional('npwp', npwpOf);
  const legalName = cells.optional('legalName', textUpTo(200));
  const kind = cells.optional('kind', parseEmployerKind);
  const scale = cells.optional('scale', parseScale);
  const sector = cells.optional('sector', parseSector);
  const jkkClass = cells.optional('jkkClass', parseJkkClass);
  const jkkClassOrigin = cells.optional('jkkClassOrigin', parseClassOrigin);
  const kbliCode = cells.optional('kbli', kbliOf);
  const regionCode = cells.optional('regionCode', regionOf);
  const address = cells.optional('address', linesUpTo(500));
  const latitude = cells.optional('latitude', degreesWithin(90));
  const longitude = cells.optional('longitude', degreesWithin(180));
  const registeredOn = cells.optional('registeredOn', parsePast);
  const closedOn = cells.optional('closedOn', parsePast);
  const outsourcingLicence = cells.optional('outsourcingLicence', textUpTo(100));

  const locationOf = (north: number | undefined, east: number | undefined) => {
    if (north !== undefined && east !== undefined) return { latitude: north, longitude: east };
    if (north !== east)
      cells.contradiction('coordinate_incomplete', north === undefined ? 'latitude' : 'longitude');
    return undefined;
  };
  return cells.rows((line) => {
    const row: EmployerRow = {
      npp: npp(line),
      nib: nib(line),
      npwp: npwp(line),
      legalName: legalName(line),
      kind: kind(line),
      scale: scale(line),
      sector: sector(line),
      jkkClass: jkkClass(line),
      jkkClassOrigin: jkkClassOrigin(line),
      kbliCode: kbliCode(line),
      regionCode: regionCode(line),
      address: address(line),
      location: locationOf(latitude(line), longitude(line)),
      registeredOn: registeredOn(line),
      closedOn: closedOn(line),
      outsourcingLicence: outsourcingLicence(line),
    };
    if (row.npp === undefined && row.nib === undefined) cells.contradiction('identifier_missing');
    return row;
  });
}
