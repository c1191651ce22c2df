import { addMonths, type Day } from '#src/domain/civil.ts';
import type { Inspection } from './inspection.ts';

/** Why a person must not be given an employer. */
export type Conflict =
  | { kind: 'declared'; conflictId: string }
  /** The person has acted for the employer. */
  | { kind: 'acted_for_employer' }
  /** The person visited the employer on the day, and may be given it again from `until` on. */
  | { kind: 'rotation'; visitedOn: Day; until: Day };

/** A conflict of interest as declared; without `endsOn` it lasts. */
export type DeclaredConflict = {
  id: string;
  agency: string;
  inspector: string;
  startsOn: Day;
  /** Last day. */
  endsOn?: Day;
};

/**
 * What keeps a person of an agency from visiting an employer between `today` and the planned day, if anything does.
 *
 * @param acted whether the person has recorded anything as the employer's own client
 * @param rotationMonths months after a visit for which the same person is not given the employer again
 */
export function conflictOf(
  person: { agency: string; inspector: string },
  {
    inspections,
    declared,
    acted,
  }: { inspections: readonly Inspection[]; declared: readonly DeclaredConflict[]; acted: boolean },
  { today, plannedOn }: { today: Day; plannedOn: Day },
  rotationMonths: number,
): Conflict | undefined {
  const own = (each: { agency: string; inspector: string }) =>
    each.agency === person.agency && each.inspector === person.inspector;
  const stated = declared.find(
    (each) => own(each) && each.startsOn <= plannedOn && (each.endsOn === undefined || each.endsOn >= today),
  );
  if (stated) return { kind: 'declared', conflictId: stated.id };
  if (acted) return { kind: 'acted_for_employer' };
  const visits = inspections.flatMap((each) =>
    own(each) && each.outcome?.kind === 'visited' ? [each.outcome.on] : [],
  );
  const visitedOn = visits.sort().at(-1);
  if (visitedOn === undefined) return undefined;
  const until = addMonths(visitedOn, rotationMonths);
  return today < until ? { kind: 'rotation', visitedOn, until } : undefined;
}
