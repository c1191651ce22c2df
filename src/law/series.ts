import type { Cited } from '#src/domain/cited.ts';
import { addPeriods, type Day, onDay, type Period, periodOf } from '#src/domain/civil.ts';
import { citation } from './basis.ts';
import { LawDataError } from './law-data-error.ts';
import type { LawFiles } from './law-files.ts';
import { FIRST_DAY, type LawParameter, type LawValue, parameterFile, valueOn } from './parameter.ts';
import { type ReadAs, UNITS, type UnitName } from './units.ts';
import { faultIn, readYaml } from './yaml-file.ts';

/** A parameter that the computation reads. */
export type Series<T> = {
  /** The value in force on the day. */
  on(day: Day): Cited<T> | undefined;
  /** All values with the month or day from which each holds, oldest first. */
  values: readonly { from: Day | Period; cited: Cited<T> }[];
  /** Contribution months that are the first of a value, of its repeal or of its being unknown. */
  changes: readonly Period[];
};

/** Files that hold something else than parameters. */
const OTHERS = /^calendar\/|^(reasons|check-policy|placement-policy)\.yaml$/;

/** Reads every parameter, in the order of their ids. */
export function readParameters(files: LawFiles): LawParameter[] {
  return [...files.keys()]
    .filter((file) => !OTHERS.test(file))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()
    .map((id) => readYaml(files, `${id}.yaml`, parameterFile(id)));
}

/** The parameter with this id; refuses one that is missing. */
export function parameterOf(parameters: readonly LawParameter[], id: string): LawParameter {
  const parameter = parameters.find((each) => each.id === id);
  if (!parameter) throw new LawDataError([`${id}.yaml: is missing`]);
  return parameter;
}

/** What the parameter with this id says in this unit; refuses one that is missing or of another unit. */
export function seriesOf<U extends UnitName>(
  parameters: readonly LawParameter[],
  id: string,
  unit: U,
): Series<ReadAs<U>> {
  const parameter = parameterOf(parameters, id);
  if (parameter.unit !== unit) throw new LawDataError([faultIn(parameter, ['unit'], `must be ${unit}`)]);
  const read = UNITS[unit].read as (written: unknown) => ReadAs<U>;
  const cited = new Map<LawValue, Cited<ReadAs<U>>>();
  for (const value of parameter.values) {
    if (value.repealed) continue;
    const { basis } = value;
    cited.set(value, {
      value: read(value.value),
      parameter: id,
      article: citation(basis),
      title: parameter.title,
      certainty: basis.status,
    });
  }
  const { confirmedUntil } = parameter;
  return {
    on: (day) => {
      const value = valueOn(parameter, day);
      return value && cited.get(value);
    },
    values: [...cited].map(([{ from }, value]) => ({ from, cited: value })),
    changes: [
      ...parameter.values.map(({ from }) => firstPeriodOf(from)),
      ...(confirmedUntil === undefined ? [] : [addPeriods(confirmedUntil, 1)]),
    ],
  };
}

/**
 * Like {@link seriesOf}, of a parameter that the computation cannot do without: refuses one that begins later than the
 * law here, or ends.
 */
export function lastingSeriesOf<U extends UnitName>(
  parameters: readonly LawParameter[],
  id: string,
  unit: U,
): Series<ReadAs<U>> {
  const parameter = parameterOf(parameters, id);
  const refuse = (path: PropertyKey[], message: string) => {
    throw new LawDataError([faultIn(parameter, path, `${message}, the computation of every month reads it`)]);
  };
  const { values, confirmedUntil } = parameter;
  if (values[0]!.from > FIRST_DAY) refuse(['values', 0, 'from'], `must not be after ${FIRST_DAY}`);
  if (confirmedUntil !== undefined) refuse(['confirmedUntil'], 'must not end');
  if (values.at(-1)!.repealed) refuse(['values', values.length - 1, 'repealed'], 'must not end');
  return seriesOf(parameters, id, unit);
}

/** What each of several named series says on the day; each must say something. */
export function citedEach<K extends string, T>(
  series: readonly (readonly [K, Series<T>])[],
  day: Day,
): Record<K, Cited<T>> {
  return Object.fromEntries(series.map(([name, one]) => [name, one.on(day)!])) as Record<K, Cited<T>>;
}

/** The first contribution month that begins on or after the month or day. */
export function firstPeriodOf(from: Day | Period): Period {
  const period = periodOf(from);
  return from <= onDay(period, 1) ? period : addPeriods(period, 1);
}
