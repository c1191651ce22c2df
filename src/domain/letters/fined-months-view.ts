import { periodText, rupiahText } from '#src/domain/language.ts';
import type { FinedMonth } from '#src/domain/sanctions.ts';

/** What a month adds to a fine, as Indonesians read it: the month, what was outstanding, months late, the fine on it. */
export type FinedMonthView = { fined: string; base: string; delay: string; amount: string };

export function finedMonthsView(months: readonly FinedMonth[]): FinedMonthView[] {
  return months.map(({ period, contribution, months: late, amount }) => ({
    fined: periodText(period, 'id'),
    base: rupiahText(contribution, 'id'),
    delay: String(late),
    amount: rupiahText(amount, 'id'),
  }));
}
