import { type Day, earliest, latest, type Period, periodOf } from '#src/domain/civil.ts';
import type { Declaration, Facts } from '#src/domain/facts.ts';
import { ledgerOf, overdueMonths } from '#src/domain/ledger/ledger.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import { bindingMinimum, shortfallOf, type WageLine } from '#src/domain/rules/minimum-wage.ts';
import type { PlacementFinding } from './placement-policy.ts';
import type { PlacementStanding } from './statements.ts';
import { contractKey, type PlacementTerms } from './terms.ts';

/** What a roster line must tell to be counted for a contract. */
export type PlacedLine = WageLine & { placementContract?: string | undefined };

/** The wages a month that the workers of a contract are held against; absent where none binds. */
export type WageFloors = { minimumWage?: Rupiah; billedMonthlyWage?: Rupiah };

/** Workers that a roster shows for a contract: counts, nobody by name. */
export type PlacedWorkers = { declared: number; underMinimum: number; underBilled: number };

/** What a contract's roster is looked through for. */
export type AskedOfRoster = { roster: Declaration; contractNumber: string; floors: WageFloors };

/** What holds of a contract on a day, by the facts of its vendor. */
export type ContractStanding = Omit<PlacedWorkers, 'declared'> &
  WageFloors & {
    /** Month of the roster that shows the contract's workers; absent where there is none. */
    period?: Period;
    contracted: number;
    declared: number;
    missing: number;
    /** Months of the contract that the vendor has not paid although they fell due, for whomever it employs. */
    unpaidMonths: Period[];
    /** Rupiah, contributions of those months. */
    unpaid: Rupiah;
    findings: PlacementFinding[];
  };

/** Counts the lines of a roster that carry the contract's number, and those of them with less than the floors. */
export function countPlaced(
  lines: readonly PlacedLine[],
  contractNumber: string,
  { minimumWage = 0, billedMonthlyWage = 0 }: WageFloors,
): PlacedWorkers {
  const key = contractKey(contractNumber);
  const placed = lines.filter(
    ({ placementContract }) => placementContract !== undefined && contractKey(placementContract) === key,
  );
  return {
    declared: placed.length,
    underMinimum: shortfallOf(minimumWage, placed).workers,
    underBilled: shortfallOf(billedMonthlyWage, placed).workers,
  };
}

/**
 * The roster that shows a contract's workers on a day, and what to look for in it: the newest one of the vendor that
 * falls into the months of the contract, up to the month of the day; none before the contract begins, and once it has
 * ended the newest of its months. The minimum wage is that of the vendor's region, as where the workers work is not on record.
 */
export function askedOfRoster(
  facts: Facts,
  law: Law,
  asOf: Day,
  { startsOn, endsOn, contractNumber, billedMonthlyWage }: PlacementTerms,
): AskedOfRoster | undefined {
  if (asOf < startsOn) return undefined;
  const last = periodOf(endsOn === undefined ? asOf : earliest(asOf, endsOn));
  const roster = facts.declarations.findLast(({ period }) => periodOf(startsOn) <= period && period <= last);
  if (!roster) return undefined;
  const minimumWage = bindingMinimum(facts, law, roster.period)?.monthly;
  const floors = {
    ...(minimumWage !== undefined && { minimumWage }),
    ...(billedMonthlyWage !== undefined && { billedMonthlyWage }),
  };
  return { roster, contractNumber, floors };
}

/**
 * How many workers of a contract are not declared on the day. Without any roster of its months nobody is missing before
 * the first of them should have been declared: its due day.
 */
export function missingWorkers(
  law: Law,
  asOf: Day,
  { startsOn, workersContracted }: Pick<PlacementTerms, 'startsOn' | 'workersContracted'>,
  placed: PlacedWorkers | undefined,
): number {
  if (placed) return Math.max(0, workersContracted - placed.declared);
  const { dueOn } = law.at(latest(periodOf(startsOn), law.firstPeriod));
  return asOf > dueOn ? workersContracted : 0;
}

/**
 * What holds of a contract on a day, from all facts of its vendor. `shown` is what {@link askedOfRoster} asked for and
 * what the roster showed.
 */
export function contractStanding(
  facts: Facts,
  law: Law,
  asOf: Day,
  { terms, state }: Pick<PlacementStanding, 'terms' | 'state'>,
  shown: (Pick<AskedOfRoster, 'roster' | 'floors'> & { placed: PlacedWorkers }) | undefined,
): ContractStanding {
  const placed = shown?.placed;
  const { declared = 0, underMinimum = 0, underBilled = 0 } = placed ?? {};
  const found = {
    contracted: terms.workersContracted,
    declared,
    missing: missingWorkers(law, asOf, terms, placed),
    ...unpaidMonths(facts, law, asOf, terms),
    ...shown?.floors,
    underMinimum,
    underBilled,
  };
  const { outsourcing } = facts.employer;
  const licensed = outsourcing !== undefined && (outsourcing.licensedOn ?? asOf) <= asOf;
  const holds: [PlacementFinding, boolean][] = [
    ['workers_missing', found.missing > 0],
    ['months_unpaid', found.unpaidMonths.length > 0],
    ['wages_under_minimum', underMinimum > 0],
    ['wages_under_billed', underBilled > 0],
    ['terms_disputed', state === 'disputed'],
    ['vendor_unlicensed', !licensed],
  ];
  return {
    ...(shown && { period: shown.roster.period }),
    ...found,
    findings: holds.flatMap(([finding, holdsNow]) => (holdsNow ? [finding] : [])),
  };
}

/** The vendor's ledger knows no contracts: a month is unpaid for all of its workers. */
function unpaidMonths(
  facts: Facts,
  law: Law,
  asOf: Day,
  { startsOn, endsOn }: Pick<PlacementTerms, 'startsOn' | 'endsOn'>,
): Pick<ContractStanding, 'unpaidMonths' | 'unpaid'> {
  const last = endsOn === undefined ? undefined : periodOf(endsOn);
  const months = overdueMonths(ledgerOf(facts, law, asOf)).filter(
    ({ period }) => periodOf(startsOn) <= period && (last === undefined || period <= last),
  );
  return {
    unpaidMonths: months.map(({ period }) => period),
    unpaid: months.reduce((sum, { outstanding }) => add(sum, outstanding), 0),
  };
}
