import { JKK_CLASSES, JP_CEILING } from '#src/domain/parameters.ts';
import { nextJpCeiling } from '#src/domain/rules/jp-ceiling.ts';
import { LawDataError } from './law-data-error.ts';
import type { LawParameter } from './parameter.ts';
import { parameterOf, seriesOf } from './series.ts';
import { faultIn } from './yaml-file.ts';

type Parameters = readonly LawParameter[];

/** The parameter, the place in its file, and what is wrong there. */
type Fault = [id: string, path: PropertyKey[], message: string];

const BANDS_OF_JKK = 'permenaker-5-2021/construction/jkk-by-value';
const BANDS_OF_JKM = 'permenaker-5-2021/construction/jkm-by-value';

/** What the employer alone bears. */
const EMPLOYERS = /^pp-44-2015\/(jkk|jkm)\/|^pp-7-2025\/jkk\/class-|^permenaker-5-2021\/construction\//;

/** What values must be like for the law to make sense, beyond each having its unit's form. */
const CHECKS: readonly ((parameters: Parameters) => Iterable<Fault>)[] = [
  otherPayers,
  ceilingsOfNoGrowth,
  strayIncomes,
  risingRates,
  otherLimits,
  partialRelief,
  fallingRetirementAge,
  endlessDeferral,
];

/** Refuses values that are well formed and cannot be right; throws {@link LawDataError} that names all of them. */
export function refuseImplausible(parameters: Parameters): void {
  const faults = CHECKS.flatMap((check) => [...check(parameters)]);
  if (faults.length === 0) return;
  throw new LawDataError(
    faults.map(([id, path, message]) => faultIn(parameterOf(parameters, id), path, message)),
  );
}

function* otherPayers(parameters: Parameters): Iterable<Fault> {
  for (const { id, payer } of parameters) {
    if (EMPLOYERS.test(id) && payer !== 'employer')
      yield [id, ['payer'], 'must be employer: JKK and JKM are never taken from a worker'];
  }
}

/** PP 45/2015 art. 29(3), of the months for which both are entered. */
function* ceilingsOfNoGrowth(parameters: Parameters): Iterable<Fault> {
  if (parameterOf(parameters, JP_CEILING).confirmedUntil === undefined)
    yield [JP_CEILING, ['confirmedUntil'], 'is missing: a ceiling that is not published is not known'];
  const growths = seriesOf(parameters, `${JP_CEILING}-growth`, 'growth').values;
  const ceilings = seriesOf(parameters, JP_CEILING, 'rupiah').values;
  for (const [index, { from, cited }] of ceilings.entries()) {
    const before = ceilings[index - 1]?.cited.value;
    const growth = growths.find((each) => each.from === from)?.cited.value;
    if (before === undefined || growth === undefined) continue;
    const expected = nextJpCeiling(before, growth);
    if (cited.value === expected) continue;
    const message = `must be ${expected}, which follows from ${before} by the growth of ${growth} % that is entered`;
    yield [JP_CEILING, ['values', index, 'value'], message];
  }
}

function* strayIncomes(parameters: Parameters): Iterable<Fault> {
  const id = 'pp-44-2015/bpu/income-bands';
  for (const [index, { cited }] of seriesOf(parameters, id, 'income_bands').values.entries()) {
    for (const [row, { from, nominal }] of cited.value.entries()) {
      const next = cited.value[row + 1]?.from ?? Number.POSITIVE_INFINITY;
      if (nominal < from || nominal >= next)
        yield [id, ['values', index, 'value', row, 'nominal'], 'must lie in its band'];
    }
  }
}

function* risingRates(parameters: Parameters): Iterable<Fault> {
  for (const id of [BANDS_OF_JKK, BANDS_OF_JKM]) {
    for (const [index, { cited }] of seriesOf(parameters, id, 'rate_bands').values.entries()) {
      for (const [row, { rate }] of cited.value.entries()) {
        const before = cited.value[row - 1]?.rate;
        if (before !== undefined && rate > before)
          yield [
            id,
            ['values', index, 'value', row, 'rate'],
            'must not be above the rate of the band before',
          ];
      }
    }
  }
}

function* otherLimits(parameters: Parameters): Iterable<Fault> {
  const [jkk, jkm] = [BANDS_OF_JKK, BANDS_OF_JKM].map((id) =>
    seriesOf(parameters, id, 'rate_bands').values.map(({ from, cited }) => ({
      from,
      limits: cited.value.map((band) => band.from).join(),
    })),
  );
  for (const [index, { from, limits }] of jkm!.entries()) {
    const until = jkm![index + 1]?.from;
    const beside = jkk!.filter((each, at) => {
      const next = jkk![at + 1]?.from;
      return (until === undefined || each.from < until) && (next === undefined || next > from);
    });
    if (beside.length === 0 || beside.some((each) => each.limits !== limits))
      yield [BANDS_OF_JKM, ['values', index, 'value'], 'must have the limits of JKK'];
  }
}

/** The relief holds while all that it consists of does, so none of it may begin or end by itself. */
function* partialRelief(parameters: Parameters): Iterable<Fault> {
  const names = JKK_CLASSES.map((name) => `class-${name.toLowerCase()}`);
  const [first, ...others] = [...names, 'fewest-workers', 'industries', 'paid-through'].map((name) =>
    parameterOf(parameters, `pp-7-2025/jkk/${name}`),
  );
  const ends = ({ values }: LawParameter) => [values[0]!.from, values.find(({ repealed }) => repealed)?.from];
  const [begin, end] = ends(first!);
  for (const parameter of others) {
    const [begins, endsOn] = ends(parameter);
    const { id, values } = parameter;
    if (begins !== begin) yield [id, ['values', 0, 'from'], `must begin with class I, ${begin}`];
    if (endsOn !== end)
      yield [id, ['values', values.length - 1, 'from'], `must end with class I, ${end ?? 'never'}`];
  }
}

function* fallingRetirementAge(parameters: Parameters): Iterable<Fault> {
  const id = 'pp-45-2015/jp/retirement-age';
  const ages = seriesOf(parameters, id, 'years').values;
  for (const [index, { cited }] of ages.entries()) {
    const before = ages[index - 1]?.cited.value;
    if (before !== undefined && cited.value < before)
      yield [id, ['values', index, 'value'], `must not be below ${before}, the age before`];
  }
}

function* endlessDeferral(parameters: Parameters): Iterable<Fault> {
  const id = 'pp-49-2020/jp/deferred-until';
  const begins = seriesOf(parameters, 'pp-49-2020/jp/deferred-from', 'day').values;
  for (const [index, { from, cited }] of seriesOf(parameters, id, 'day').values.entries()) {
    const begin = begins.findLast((each) => each.from <= from)?.cited.value;
    if (begin !== undefined && cited.value < begin)
      yield [id, ['values', index, 'value'], `must not be before ${begin}, when settling begins`];
  }
}
