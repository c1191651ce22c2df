import type { Day, Period } from '#src/domain/civil.ts';
import type { Rupiah } from '#src/domain/money.ts';
import { parseRupiah } from './amounts.ts';
import { CellReader, type RowResult } from './cells.ts';
import type { Header } from './columns.ts';
import { parseDay, parsePeriod } from './dates.ts';
import { nppOf, referenceOf } from './identifiers.ts';
import type { Line } from './lines.ts';
import { checked } from './refusal.ts';
import { textUpTo } from './values.ts';
import { parseBoolean } from './words.ts';

/** One payment of one employer; `penalty` where it pays late charges and not contributions. */
export type PaymentRow = {
  npp: string;
  amount: Rupiah;
  paidOn: Day;
  reference: string;
  period: Period | undefined;
  penalty: boolean;
  channel: string | undefined;
};

/** Reads the lines of a payment file. */
export function paymentRows(header: Header<'payments'>, today: Day): (line: Line) => RowResult<PaymentRow> {
  const cells = new CellReader(header);
  const npp = cells.required('npp', nppOf);
  const amount = cells.required(
    'amount',
    checked(parseRupiah, (sum) => (sum > 0 ? undefined : 'amount_not_positive')),
  );
  const paidOn = cells.required(
    'paidOn',
    checked(parseDay, (day) => (day > today ? 'in_future' : undefined)),
  );
  const reference = cells.required('reference', referenceOf);
  const period = cells.optional('period', parsePeriod);
  const penalty = cells.optional('penalty', parseBoolean);
  const channel = cells.optional('channel', textUpTo(100));
  return cells.rows((line) => ({
    npp: npp(line),
    amount: amount(line),
    paidOn: paidOn(line),
    reference: reference(line),
    period: period(line),
    penalty: penalty(line) ?? false,
    channel: channel(line),
  }));
}
