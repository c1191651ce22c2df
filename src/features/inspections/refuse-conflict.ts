import type { PoolClient } from 'pg';
import type { Deps } from '#src/deps.ts';
import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { type Conflict, conflictOf, type DeclaredConflict } from '#src/domain/inspections/conflicts.ts';
import { Problem, type Sentence } from '#src/http/problem.ts';

type Person = { employerId: string; agency: string; inspector: string };

/** Facts that an employer's own client can record, each with who recorded it. */
const RECORDED_BY_EMPLOYERS = [
  'employer_changes',
  'declarations',
  'payments',
  'payment_reversals',
  'flag_events',
  'suspensions',
  'suspension_endings',
  'placement_statements',
];

/** Throws 409 naming what keeps the person from visiting the employer; the caller holds the employer's lock. */
export async function refuseConflict(
  deps: Deps,
  client: PoolClient,
  person: Person,
  { inspections }: Pick<Facts, 'inspections'>,
  days: { today: Day; plannedOn: Day },
): Promise<void> {
  const declared = await declaredConflicts(client, person.employerId);
  const acted = await hasActedFor(client, person);
  const rotation = deps.law.quantity('inspector-rotation', days.today).value;
  const conflict = conflictOf(person, { inspections, declared, acted }, days, rotation);
  if (conflict) throw new Problem('conflict_of_interest', { detail: SAID[conflict.kind](conflict as never) });
}

const SAID: { [K in Conflict['kind']]: (conflict: Extract<Conflict, { kind: K }>) => Sentence } = {
  declared: ({ conflictId }) => ({
    id: `Benturan kepentingan petugas ini dengan pemberi kerja sudah dinyatakan (${conflictId}).`,
    en: `A conflict of interest of this person with the employer is declared (${conflictId}).`,
  }),
  acted_for_employer: () => ({
    id: 'Petugas ini pernah bertindak untuk pemberi kerja.',
    en: 'This person has acted for the employer.',
  }),
  rotation: ({ visitedOn, until }) => ({
    id: `Rotasi: petugas ini mengunjungi pemberi kerja pada ${visitedOn}, dan baru boleh lagi mulai ${until}.`,
    en: `Rotation: this person visited the employer on ${visitedOn}, and may go again from ${until} on.`,
  }),
};

async function declaredConflicts(client: PoolClient, employerId: string): Promise<DeclaredConflict[]> {
  const found = await client.query<{
    conflict_id: string;
    agency_code: string;
    inspector: string;
    starts_on: string;
    ends_on: string | null;
  }>(
    `select conflict_id, agency_code, inspector, starts_on, ends_on
     from conflicts_of_interest where employer_id = $1 order by conflict_id`,
    [employerId],
  );
  return found.rows.map((row) => ({
    id: row.conflict_id,
    agency: row.agency_code,
    inspector: row.inspector,
    startsOn: row.starts_on,
    ...(row.ends_on !== null && { endsOn: row.ends_on }),
  }));
}

/** Who acts for an employer does so as the employer's client, whatever agency they work for besides. */
async function hasActedFor(client: PoolClient, { employerId, inspector }: Person): Promise<boolean> {
  const facts = RECORDED_BY_EMPLOYERS.map(
    (table) =>
      `exists (select from ${table} where employer_id = $1
                 and recorded_by->>'employer' = $1::text and recorded_by->>'sub' = $2)`,
  );
  const found = await client.query<{ acted: boolean }>(`select ${facts.join(' or ')} as acted`, [
    employerId,
    inspector,
  ]);
  return found.rows[0]!.acted;
}
