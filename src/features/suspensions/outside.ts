import type { Day, Period } from '#src/domain/civil.ts';
import type { Fault } from '#src/http/problem.ts';

/** How far after its start a day of a plan or an invitation may lie. */
export const MONTHS_AHEAD = 120;

/** A bound, and the code of the fault of what lies beyond it. */
type Bound = [value: Day | Period, code: string];

/** The fault of a day or month that lies outside its bounds, themselves included; none where it lies inside. */
export function outside(pointer: string, value: Day | Period, first: Bound, last: Bound): Fault[] {
  if (value < first[0]) {
    const detail = { id: `Tidak sebelum ${first[0]}.`, en: `Not before ${first[0]}.` };
    return [{ pointer, code: first[1], detail }];
  }
  if (value > last[0]) {
    const detail = { id: `Tidak setelah ${last[0]}.`, en: `Not after ${last[0]}.` };
    return [{ pointer, code: last[1], detail }];
  }
  return [];
}
