import { addDays, addMonths, type Day, dayOf, earliest, latest, periodOf } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { ledgerOf } from '#src/domain/ledger/ledger.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { BreachStanding, Sanction, Sanctionable, Turn } from '#src/domain/sanctions.ts';
import { suspensionChangeDays } from '#src/domain/suspensions.ts';
import { turningDays } from '#src/domain/verdict/interval.ts';
import { suspend } from '#src/domain/verdict/suspended.ts';
import { breachesOn } from '#src/domain/verdict/verdict.ts';

/** How far ahead, in months, it is looked for the end of a pause; terms of steps are much shorter. */
const SHORTEST_LOOK = 4;
const LONGEST_LOOK = 24;

/**
 * How the breaches of a procedure stood, day by day from its opening until they were mended, it was closed, or
 * `through`: from the facts that are known, whenever they were recorded.
 */
export function turnsOf(sanction: Sanction, facts: Facts, law: Law, through: Day): Turn[] {
  const closedOn = sanction.steps.find(({ step }) => step === 'closed')?.on;
  const last = closedOn === undefined ? through : earliest(through, closedOn);
  const turns: Turn[] = [...(sanction.judged?.turns ?? [])];
  if (turns.at(-1)?.standing === 'mended') return turns;
  const from = sanction.judged ? addDays(sanction.judged.through, 1) : sanction.openedOn;
  if (from > last) return turns;
  for (const day of turningDays(facts, law, from, last)) {
    const standing = standingOn(facts, law, sanction.codes, day);
    const knownOn = standing === 'mended' ? newestRecording(facts, day) : day;
    const turn = { from: day, standing, ...(knownOn > day && { knownOn }) };
    if (turns.at(-1)?.standing !== standing) turns.push(turn);
    if (standing === 'mended') break;
  }
  return turns;
}

/** The day on which the last fact came in of those that a judgement of `day` as mended can rest on. */
function newestRecording({ declarations, payments, suspensions }: Facts, day: Day): Day {
  const recorded = [
    ...declarations.filter(({ period }) => period <= periodOf(day)),
    ...payments.filter(({ paidOn }) => paidOn <= day),
    ...suspensions.flatMap(({ ending }) => (ending && ending.on <= day ? [ending] : [])),
  ];
  return recorded.map(({ recordedAt }) => dayOf(new Date(recordedAt))).reduce(latest, day);
}

/** The last day that has to be looked at to say, on a day, when a step becomes possible. */
export function lookAhead({ suspensions }: Facts, asOf: Day): Day {
  const changes = suspensions.flatMap((each) => suspensionChangeDays(each, asOf));
  const last = changes.reduce(latest, addMonths(asOf, SHORTEST_LOOK));
  return earliest(last, addMonths(asOf, LONGEST_LOOK));
}

/** How the breaches that these turns are of stood on a day. */
export function standingAt(turns: readonly Turn[], day: Day): BreachStanding | undefined {
  return turns.findLast(({ from }) => from <= day)?.standing;
}

/** The same facts' procedure with what they tell of its breaches up to a day, for when some of them are left out. */
export function withJudged(sanction: Sanction, facts: Facts, law: Law, through: Day): Sanction {
  return { ...sanction, judged: { through, turns: turnsOf(sanction, facts, law, through) } };
}

function standingOn(facts: Facts, law: Law, codes: readonly Sanctionable[], day: Day): BreachStanding {
  const ledger = ledgerOf(facts, law, day);
  const breaches = breachesOn(facts, law, day, { ledger, codes });
  if (breaches.length === 0) return 'mended';
  const { regularising, covered } = suspend(breaches, facts, ledger, law);
  return regularising || covered ? 'suspended' : 'breached';
}
