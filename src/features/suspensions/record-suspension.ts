import { type Tx, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { type Day, dayOf, onDay, type Period, periodOf } from '#src/domain/civil.ts';
import type { Coverable, Instalment } from '#src/domain/suspensions.ts';
import { appendFacts } from '#src/facts/index.ts';
import { recordedBy } from '#src/http/actor.ts';
import type { Answer } from '#src/http/idempotency.ts';
import { type Fault, Problem } from '#src/http/problem.ts';
import { findEmployer } from '#src/registry/index.ts';
import { outside } from './outside.ts';
import type { Kind } from './stored-suspension.ts';
import type { Asked } from './suspension.ts';
import { findView } from './view-suspensions.ts';

/** A plan, dispute or invitation as its request states it, but for its first day. */
export type Content = {
  kind: Kind;
  codes?: readonly Coverable[] | undefined;
  periods?: readonly Period[] | undefined;
  endsOn?: Day;
  instalments?: readonly Instalment[];
  suspensive?: boolean;
  note?: string | undefined;
};

/** Where a request says the day from which it counts; today if it does not. */
type Start = { field: string; day: Day | undefined };

/**
 * Records it under the employer's lock and answers with it. `contentFrom` gives what else the request states for that
 * first day, and what is wrong in it.
 */
export async function recordSuspension(
  deps: Deps,
  tx: Tx,
  asked: Asked,
  { employer, start }: { employer: string; start: Start },
  contentFrom: (startsOn: Day) => { content: Content; faults?: Fault[] },
): Promise<Answer> {
  const { employerId } = await findEmployer(tx.client, asked.actor, employer);
  return appendFacts(deps, tx, [employerId], async (recordedAt) => {
    const today = dayOf(recordedAt);
    const startsOn = start.day ?? today;
    const { firstPeriod } = deps.law;
    const earliest = onDay(firstPeriod, 1);
    refuse(outside(`/${start.field}`, startsOn, [earliest, 'before_programmes'], [today, 'in_future']));
    const { content, faults = [] } = contentFrom(startsOn);
    const periods = (content.periods ?? []).flatMap((period, index) => {
      const last = periodOf(startsOn);
      return outside(`/periods/${index}`, period, [firstPeriod, 'before_programmes'], [last, 'in_future']);
    });
    refuse([...periods, ...faults]);
    await refuseTooMany(tx, employerId, content.kind, today);
    const id = uuidv7();
    await insert(tx, { employerId, id, startsOn, recordedAt }, content, asked);
    const body = await findView(deps, tx.client, content.kind, id, { ...asked, today });
    return { status: 201, headers: { location: `/v1/${content.kind}s/${id}` }, body };
  });
}

/** So many of a kind may be open for one employer: each is told of in every verdict. */
const MOST_OPEN = 10;

/** Throws 409 where the employer has enough of the kind that are neither ended nor run out. */
async function refuseTooMany(tx: Tx, employerId: string, kind: Kind, today: Day): Promise<void> {
  const found = await tx.client.query<{ open: number }>(
    `select count(*)::int as open
     from suspensions s
     left join suspension_endings n on n.employer_id = s.employer_id and n.suspension_id = s.suspension_id
     where s.employer_id = $1 and s.kind = $2 and n.ending_id is null
       and coalesce(s.ends_on, (s.instalments->-1->>'dueOn')::date, $3) >= $3`,
    [employerId, kind, today],
  );
  if (found.rows[0]!.open >= MOST_OPEN) throw new Problem('too_many_open');
}

function refuse(errors: Fault[]): void {
  if (errors.length > 0) throw new Problem('invalid_content', { errors });
}

async function insert(
  tx: Tx,
  {
    employerId,
    id,
    startsOn,
    recordedAt,
  }: { employerId: string; id: string; startsOn: Day; recordedAt: Date },
  { kind, codes, periods, endsOn, instalments, suspensive, note }: Content,
  { actor }: Asked,
): Promise<void> {
  await tx.client.query(
    `insert into suspensions (employer_id, suspension_id, kind, agency_code, codes, periods, starts_on, ends_on,
                              instalments, suspensive, note, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      employerId,
      id,
      kind,
      actor.agency,
      codes ?? null,
      periods ?? null,
      startsOn,
      endsOn ?? null,
      instalments ? JSON.stringify(instalments) : null,
      suspensive ?? null,
      note ?? null,
      recordedAt,
      recordedBy(actor),
    ],
  );
}
