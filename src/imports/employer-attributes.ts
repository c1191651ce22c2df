import type { Day } from '#src/domain/civil.ts';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import type { EmployerRow } from './employer-rows.ts';

const NEEDED = ['legalName', 'kind', 'scale', 'regionCode'] as const;
type Column = (typeof NEEDED)[number];

/** KBLI 2025 replaced KBLI 2020 in December 2025, and licensing in OSS had half a year to follow. */
const KBLI_2025_FROM: Day = '2026-06-18';

/** An employer as its first line says, or the columns that are missing. */
export function createdBy(row: EmployerRow, today: Day): EmployerAttributes | Column[] {
  const { legalName, kind, scale, regionCode, sector = 'general' } = row;
  if (legalName === undefined || kind === undefined || scale === undefined || regionCode === undefined) {
    return NEEDED.filter((column) => row[column] === undefined);
  }
  return changedBy(row, { legalName, kind, scale, sector, regionCode }, today);
}

/**
 * An employer with what a line says; what it leaves out stays. A class that changes loses the origin and the day of
 * the class before it, so that no decision of BPJS vouches for another class than its own.
 */
export function changedBy(row: EmployerRow, before: EmployerAttributes, today: Day): EmployerAttributes {
  const { kbliCode, outsourcingLicence, ...said } = row;
  const after = { ...before, ...present(said) };
  if (row.jkkClass !== undefined && row.jkkClass !== before.jkkClass) {
    delete after.jkkClassDecidedOn;
    if (row.jkkClassOrigin === undefined) delete after.jkkClassOrigin;
  }
  // A file does not say its edition: a code that is on file keeps the one it has.
  if (kbliCode !== undefined && kbliCode !== before.kbli?.code) {
    after.kbli = { code: kbliCode, edition: today < KBLI_2025_FROM ? '2020' : '2025' };
  }
  if (outsourcingLicence !== undefined && outsourcingLicence !== before.outsourcing?.licenceNumber) {
    after.outsourcing = { licenceNumber: outsourcingLicence };
  }
  return after;
}

function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
