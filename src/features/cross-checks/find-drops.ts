import { addDays, addPeriods, dayOf, onDay, type Period } from '#src/domain/civil.ts';
import {
  type DeclaredHeadcount,
  type DropFigures,
  dropThreshold,
  headcountDrop,
  TENDER_MONTHS,
  type Tender,
} from '#src/domain/cross-checks/headcount-drop.ts';
import type { Examined } from './cross-check.ts';
import type { Found, Question } from './question.ts';

/** SQL that takes instants to days there, and midnights there to instants. */
const IN_JAKARTA = `at time zone 'Asia/Jakarta'`;

/** Falls of headcount before the tenders of the month and of those after it that a roster stands behind. */
export async function findDrops(
  question: Question,
  employers: readonly Examined[],
): Promise<Found<DropFigures>> {
  const tenders = await readTenders(
    question,
    employers.map(({ employerId }) => employerId),
  );
  const threshold = dropThreshold(question.law, question.period);
  const headcounts = await readHeadcounts(question, [...tenders.keys()]);
  const found: Found<DropFigures> = new Map();
  for (const [employerId, itsTenders] of tenders) {
    const drop = headcountDrop(headcounts.get(employerId) ?? [], itsTenders, threshold);
    if (drop) found.set(employerId, drop);
  }
  return found;
}

async function readTenders(
  { deps, period }: Question,
  employerIds: readonly string[],
): Promise<Map<string, Tender[]>> {
  const from = onDay(period, 1);
  const to = addDays(onDay(addPeriods(period, TENDER_MONTHS), 1), -1);
  const found = await deps.database.reader.query<Tender & { employer_id: string }>(
    `select distinct c.employer_id, c.purpose as sign, (c.checked_at ${IN_JAKARTA})::date as "on"
     from checks c
     where c.employer_id = any($1::uuid[]) and c.purpose in ('tender_opening', 'tender_award')
       and c.checked_at >= ($2::date)::timestamp ${IN_JAKARTA}
       and c.checked_at < ($3::date + 1)::timestamp ${IN_JAKARTA}
     union all
     select p.employer_id, 'placement', p.starts_on from placements p
     where p.employer_id = any($1::uuid[]) and p.procurement_reference is not null
       and p.starts_on between $2::date and $3::date`,
    [employerIds, from, to],
  );
  return listedBy(found.rows, ({ sign, on }) => ({ sign, on }));
}

/** The headcount of the effective roster of each month that can lie before such a tender. */
async function readHeadcounts(
  { deps, period }: Question,
  employerIds: readonly string[],
): Promise<Map<string, DeclaredHeadcount[]>> {
  const found = await deps.database.reader.query<{
    employer_id: string;
    period: Period;
    headcount: number;
    declared_at: Date;
  }>(
    `select distinct on (employer_id, period) employer_id, period, headcount,
            min(recorded_at) over (partition by employer_id, period) as declared_at
     from declarations where employer_id = any($1::uuid[]) and period <= $2
     order by employer_id, period, recorded_at desc, declaration_id desc`,
    [employerIds, addPeriods(period, TENDER_MONTHS - 1)],
  );
  return listedBy(found.rows, (row) => ({
    period: row.period,
    headcount: row.headcount,
    declaredOn: dayOf(row.declared_at),
  }));
}

function listedBy<Row extends { employer_id: string }, T>(
  rows: readonly Row[],
  of: (row: Row) => T,
): Map<string, T[]> {
  const groups = Map.groupBy(rows, (row) => row.employer_id);
  return new Map([...groups].map(([employerId, group]) => [employerId, group.map(of)]));
}
