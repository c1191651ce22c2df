import { z } from 'zod';
import type { Day } from '#src/domain/civil.ts';
import { MAX_RUPIAH } from '#src/domain/money.ts';
import { SCALES } from '#src/domain/parameters.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { STATUSES } from '#src/domain/status.ts';
import type { RowFilter } from '#src/facts/index.ts';
import { KbliPrefix, RegionCode } from '#src/features/employers/employer.ts';
import { decodeCursor, PageQuery } from '#src/http/cursor.ts';
import { countQuery, listOf, yesNo } from '#src/http/fields.ts';
import { circleOf, inBoxes, metresFrom, NearQuery } from './near.ts';

export const QueueQuery = z.strictObject({
  ...PageQuery,
  region: RegionCode.optional(),
  code: listOf(REASON_CODES).optional().meta({ description: 'With any of these reasons' }),
  status: listOf(STATUSES).optional(),
  minMonths: countQuery(0, 2000).optional().meta({ description: 'Months in arrears' }),
  minAmount: countQuery(0, MAX_RUPIAH).optional().meta({ description: 'Total of arrears' }),
  scale: z.enum(SCALES).optional(),
  vendor: yesNo.optional().meta({ description: 'Only outsourcing vendors, or only others' }),
  kbli: KbliPrefix.optional(),
  ...NearQuery,
  located: yesNo.optional().meta({
    description: 'Only employers whose place is known, or only those that no search around a place can find',
  }),
  assigned: yesNo
    .optional()
    .meta({ description: 'Only employers that an inspector has been given, or only others' }),
});

export type QueueAsked = z.output<typeof QueueQuery>;

/** The queue of a day as one query in the order of its keyset: the highest priority first. */
export function queueQuery(
  asked: QueueAsked,
  scope: RowFilter,
  today: Day,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const circle = circleOf(asked);
  const metres = circle ? metresFrom(circle, 'e', bind) : 'null::float8';
  const day = bind(today);
  const where = [
    's.priority > 0',
    `s.from_on <= ${day} and s.until_on > ${day}`,
    scope('s', bind),
    ...conditions(asked, bind),
  ];
  if (circle) where.push(inBoxes(circle, 'e', bind), `${metres} <= ${bind(circle.metres)}`);
  if (asked.cursor !== undefined) {
    const [priority, employerId] = decodeCursor(asked.cursor, ['integer', 'uuid']);
    where.push(`(s.priority, s.employer_id) < (${bind(priority)}::bigint, ${bind(employerId)}::uuid)`);
  }
  const sql = `
    select s.employer_id, s.legal_name, e.npp, e.nib, s.region_code, e.scale, s.vendor as is_vendor, e.latitude,
           e.longitude, s.status, s.codes, s.months, s.contributions, s.late_charge, s.total, s.oldest_period,
           s.priority, ${metres} as metres,
           (select m.facts from summaries m where m.employer_id = s.employer_id) as facts
    from stretches s join employers e on e.employer_id = s.employer_id
    where ${where.join(' and ')}
    order by s.priority desc, s.employer_id desc`;
  return { sql, values };
}

function conditions(asked: QueueAsked, bind: (value: unknown) => string): string[] {
  const { code, status, minMonths, minAmount, scale, vendor, kbli, located, assigned } = asked;
  const where: string[] = [];
  if (status) where.push(`s.status = any(${bind(status)}::text[])`);
  if (code) where.push(`s.codes && ${bind(code)}::text[]`);
  if (minMonths !== undefined) where.push(`s.months >= ${bind(minMonths)}`);
  if (minAmount !== undefined) where.push(`s.total >= ${bind(minAmount)}`);
  if (scale) where.push(`e.scale = ${bind(scale)}`);
  if (vendor) where.push(`s.vendor = ${bind(vendor === 'true')}`);
  if (kbli) where.push(`e.kbli_code like ${bind(`${kbli}%`)}`);
  if (located) where.push(`e.latitude is ${located === 'true' ? 'not null' : 'null'}`);
  // Counted employer by employer: a set of all open cases would have to be gathered first.
  if (assigned) where.push(`(${OPEN_CASES}) ${assigned === 'true' ? '>' : '='} 0`);
  return where;
}

const OPEN_CASES = `
  select count(*) from inspections i
  left join inspection_outcomes o on o.employer_id = i.employer_id and o.inspection_id = i.inspection_id
  where i.employer_id = s.employer_id and o.outcome_id is null`;
