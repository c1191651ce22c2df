import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { Sanctionable } from '#src/domain/sanctions.ts';
import { breachesOn } from '#src/domain/verdict/verdict.ts';
import { procedureOn } from './procedure.ts';

export type OpeningRefusal =
  | { code: 'sanction_of_state_organ' }
  | { code: 'sanction_without_breach'; codes: Sanctionable[]; mendedOn?: Day }
  | { code: 'sanction_already_open'; sanctionId: string; codes: Sanctionable[] };

/** UU 24/2011 art. 17 is about employers other than state organs. */
const STATE_ORGANS = ['government', 'village'];

/**
 * Why no procedure can be opened for these codes from a day on, by what is known today; undefined where one can. Each
 * must have been a breach on that day, not all may have been mended since, and none may be the subject of a procedure
 * that goes on.
 */
export function openingRefusal(
  facts: Facts,
  law: Law,
  { codes, openedOn }: { codes: readonly Sanctionable[]; openedOn: Day },
  today: Day,
): OpeningRefusal | undefined {
  if (STATE_ORGANS.includes(facts.employer.kind)) return { code: 'sanction_of_state_organ' };
  const breaches = breachesOn(facts, law, openedOn);
  const without = codes.filter((code) => breaches.every((breach) => breach.code !== code));
  if (without.length > 0) return { code: 'sanction_without_breach', codes: without };
  for (const other of facts.sanctions) {
    const shared = codes.filter((code) => other.codes.includes(code));
    if (shared.length > 0 && goesOn(procedureOn(other, facts, law, today).state)) {
      return { code: 'sanction_already_open', sanctionId: other.id, codes: shared };
    }
  }
  const opened = { id: '', agency: '', codes, openedOn, recordedAt: '', steps: [] };
  const { mendedOn } = procedureOn(opened, facts, law, today);
  return mendedOn === undefined
    ? undefined
    : { code: 'sanction_without_breach', codes: [...codes], mendedOn };
}

function goesOn(state: string): boolean {
  return state === 'open' || state === 'paused';
}
