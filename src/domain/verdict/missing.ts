import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { type Language, rupiahText } from '#src/domain/language.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { Reason } from './reasons.ts';
import { type Remedy, remedyOf } from './remedy.ts';
import { remedyText } from './remedy-text.ts';
import { breachesOn } from './verdict.ts';

/** A breach that holds, with what the employer does about it. */
export type Missing = Pick<
  Reason,
  'code' | 'since' | 'periods' | 'amount' | 'workers' | 'programmes' | 'article'
> & { whatToDo: string };

/** What is to be paid for a month. */
type Owed = Pick<Remedy['items'][number], 'period' | 'contributions' | 'lateCharge'>;

/** What an employer lacks on a day, breach by breach, and what it pays on that day. */
export function missingOf(
  facts: Facts,
  law: Law,
  on: Day,
  language: Language,
): { missing: Missing[]; remedy: { on: Day; items: Owed[]; total: Rupiah } } {
  const { items: found, total } = remedyOf(facts, law, on);
  const items = found.map(({ period, contributions, lateCharge }) => ({ period, contributions, lateCharge }));
  const breaches = breachesOn(facts, law, on);
  const missing = breaches.map(({ code, since, periods, amount, workers, programmes, article }) => ({
    code,
    since,
    ...(periods && { periods }),
    ...(amount !== undefined && { amount }),
    ...(workers !== undefined && { workers }),
    ...(programmes && { programmes }),
    article,
    whatToDo: code === 'ARREARS' ? paymentText(items, language) : remedyText(code, language),
  }));
  return { missing, remedy: { on, items, total } };
}

function paymentText(items: readonly Owed[], language: Language): string {
  const overdue = items.filter(({ contributions }) => contributions > 0);
  const total = (key: 'contributions' | 'lateCharge'): Rupiah =>
    overdue.reduce((sum, item) => add(sum, item[key]), 0);
  const contributions = rupiahText(total('contributions'), language);
  const charge = total('lateCharge');
  if (charge === 0) {
    return language === 'id' ? `Bayar iuran ${contributions}.` : `Pay contributions of ${contributions}.`;
  }
  const late = rupiahText(charge, language);
  return language === 'id'
    ? `Bayar iuran ${contributions} dan denda keterlambatan ${late}.`
    : `Pay contributions of ${contributions} and a late charge of ${late}.`;
}
