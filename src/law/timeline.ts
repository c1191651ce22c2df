import { addDays, addPeriods, type Day, isPeriod, onDay, type Period } from '#src/domain/civil.ts';
import { citation } from './basis.ts';
import { type LawParameter, type LawValue, valueOn } from './parameter.ts';

/** A value of a parameter, or its end, with the eve of the next one, if there is one. */
export type Span = { entry: LawValue; until: Day | Period | undefined };

/** What holds of a parameter: a value, or why there is none. */
export type ParameterState =
  | { state: 'in_force' | 'ended'; entry: LawValue }
  /** `not_published`: what was last published is not confirmed for that time. */
  | { state: 'not_begun' | 'not_published' };

/** A parameter that is another one in one month than in the other. */
export type Difference = { parameter: LawParameter; from: ParameterState; to: ParameterState };

/** The values of a parameter, oldest first, each up to the eve of the next. */
export function spansOf({ values }: LawParameter): Span[] {
  return values.map((entry, index) => {
    const next = values[index + 1]?.from;
    if (next === undefined) return { entry, until: undefined };
    return { entry, until: isPeriod(next) ? addPeriods(next, -1) : addDays(next, -1) };
  });
}

/** What holds of the parameter on a day. */
export function stateOn(parameter: LawParameter, day: Day): ParameterState {
  const inForce = valueOn(parameter, day);
  if (inForce) return { state: 'in_force', entry: inForce };
  const newest = parameter.values.findLast(({ from }) => from <= day);
  if (!newest) return { state: 'not_begun' };
  return newest.repealed ? { state: 'ended', entry: newest } : { state: 'not_published' };
}

/** Parameters whose value, or the article behind it, differs between the first days of two contribution months. */
export function differencesBetween(
  parameters: readonly LawParameter[],
  from: Period,
  to: Period,
): Difference[] {
  return parameters
    .map((parameter) => ({
      parameter,
      from: stateOn(parameter, onDay(from, 1)),
      to: stateOn(parameter, onDay(to, 1)),
    }))
    .filter((difference) => said(difference.from) !== said(difference.to));
}

function said(held: ParameterState): string {
  return JSON.stringify([
    held.state,
    ...('entry' in held ? [held.entry.value, citation(held.entry.basis)] : []),
  ]);
}
