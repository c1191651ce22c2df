import { addPeriods, type Day, onDay, type Period, periodOf } from '#src/domain/civil.ts';
import type { Cited } from '#src/domain/parameters.ts';
import { citation } from './basis.ts';
import { LawDataError } from './law-data-error.ts';
import type { LawFiles } from './law-files.ts';
import { type LawParameter, type LawValue, parameterFile, valueOn } from './parameter.ts';
import { type ReadAs, UNITS, type UnitName } from './units.ts';
import { readYaml } from './yaml-file.ts';

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
const OTHERS = /^calendar\/|^(reasons|check-policy)\.yaml$/;

/** Reads every parameter, in the order of their ids. */
export function readParameters(files: LawFiles): LawParameter[] {
  return [...files.keys()]
    .filter((file) => !OTHERS.test(file))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()
    .map((id) => readYaml(files, `${id}.yaml`, parameterFile(id)));
}

/** The parameter with this id and unit; refuses one that is missing. */
export function seriesOf<U extends UnitName>(
  parameters: readonly LawParameter[],
  id: string,
  unit: U,
): Series<ReadAs<U>> {
  const parameter = parameters.find((each) => each.id === id);
  if (!parameter) throw new LawDataError([`${id}.yaml: is missing`]);
  if (parameter.unit !== unit) throw new LawDataError([`${id}.yaml: unit must be ${unit}`]);
  const read = UNITS[unit].read as (written: unknown) => ReadAs<U>;
  const cited = new Map<LawValue, Cited<ReadAs<U>>>();
  for (const value of parameter.values) {
    if (value.repealed) continue;
    cited.set(value, { value: read(value.value), parameter: id, article: citation(value.basis) });
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

/** Like {@link seriesOf}, of a parameter that the computation cannot do without: refuses one that ends. */
export function lastingSeriesOf<U extends UnitName>(
  parameters: readonly LawParameter[],
  id: string,
  unit: U,
): Series<ReadAs<U>> {
  const series = seriesOf(parameters, id, unit);
  const ends = parameters.some(
    (each) => each.id === id && (each.confirmedUntil || each.values.some((v) => v.repealed)),
  );
  if (ends)
    throw new LawDataError([`${id}.yaml: must not end, the computation of every later month reads it`]);
  return series;
}

/** What each of several named series says on the day; each must say something. */
export function citedEach<K extends string, T>(
  series: readonly (readonly [K, Series<T>])[],
  day: Day,
): Record<K, Cited<T>> {
  return Object.fromEntries(series.map(([name, one]) => [name, one.on(day)!])) as Record<K, Cited<T>>;
}

/** The first contribution month that begins on or after the month or day. */
function firstPeriodOf(from: Day | Period): Period {
  const period = periodOf(from);
  return from <= onDay(period, 1) ? period : addPeriods(period, 1);
}
