import type { ClientBase, Pool } from 'pg';
import { type Actor, type AgencyKind, visibleOrOwn } from '#src/http/actor.ts';
import { Problem } from '#src/http/problem.ts';

/** Agencies that run procedures. */
export const PROCEDURE_KINDS: readonly AgencyKind[] = ['social_security_branch', 'labour_office', 'operator'];

/** Agencies that see every procedure in their regions. */
const WHOLE: readonly AgencyKind[] = [
  'social_security_branch',
  'labour_office',
  'prosecutor',
  'regional_government',
  'auditor',
  'operator',
  'village_government',
];

/**
 * How much of a procedure a caller sees: all of it, what concerns the employer itself, or, as a unit that was asked to
 * deny services, its own requests and what they rest on.
 */
export type Sight = 'whole' | 'employer' | 'unit';

/** A procedure as it stands in the tables, but for what the domain knows of it. */
export type StoredSanction = {
  sanctionId: string;
  employerId: string;
  agency: string;
  employer: { id: string; legalName: string; npp?: string; nib?: string; regionCode: string };
  note?: string;
  openedBy: string;
  /** Who took each step, and what was noted, by the step's id. */
  stepsBy: Record<string, { by: string; note: string | null }>;
  sight: Sight;
};

export type SanctionRow = {
  sanction_id: string;
  employer_id: string;
  agency_code: string;
  legal_name: string;
  npp: string | null;
  nib: string | null;
  region_code: string;
  note: string | null;
  opened_by: string;
  steps_by: StoredSanction['stepsBy'] | null;
  whole: boolean;
};

/** SQL text that selects {@link SanctionRow} of sanctions `s` of employers `e`; a `where` can follow. */
export function selectSanctions(actor: Actor, bind: (value: unknown) => string): string {
  return `
    select s.sanction_id, s.employer_id, s.agency_code, e.legal_name, e.npp, e.nib, e.region_code, s.note,
           s.recorded_by->>'sub' as opened_by, ${wholly(actor, bind)} as whole,
           (select json_object_agg(t.step_id, json_build_object('by', t.recorded_by->>'sub', 'note', t.note))
            from sanction_steps t
            where t.employer_id = s.employer_id and t.sanction_id = s.sanction_id) as steps_by
    from sanctions s
    ${EMPLOYER_OF_SANCTION}`;
}

/**
 * SQL text: joins the employer `e` of a procedure `s`. The limit keeps it a look-up by key for each row: a page needs
 * few of them, whatever share of all employers the planner expects.
 */
export const EMPLOYER_OF_SANCTION = `
    cross join lateral (select * from employers x where x.employer_id = s.employer_id limit 1) e`;

/** SQL text: procedures `s` of employers `e` of which the caller sees anything. */
export function visibleSanctions(actor: Actor, bind: (value: unknown) => string): string {
  if (actor.kind === 'employer') return visibleOrOwn(actor, 'e', 's.agency_code', bind);
  const asked = `(s.employer_id, s.sanction_id) in (
    select q.employer_id, q.sanction_id from sanction_steps q
    where q.decided_by = ${bind(actor.agency)} and q.step = 'tmp2t_request')`;
  return WHOLE.includes(actor.kind) ? `(${wholly(actor, bind)} or ${asked})` : asked;
}

/** SQL text: terms `t` of visible procedures that the caller sees; a unit only those that are for it. */
export function visibleTerms(actor: Actor, bind: (value: unknown) => string): string {
  if (actor.kind === 'employer') return 'true';
  return `(${wholly(actor, bind)} or t.unit = ${bind(actor.agency)})`;
}

/** SQL text: whether the caller sees all of them, in its regions or its own ones wherever the employer has moved. */
function wholly(actor: Actor, bind: (value: unknown) => string): string {
  return WHOLE.includes(actor.kind) ? visibleOrOwn(actor, 'e', 's.agency_code', bind) : 'false';
}

/** The procedure of which the caller may see something; throws 404 where there is none. */
export async function findSanction(
  client: ClientBase | Pool,
  actor: Actor,
  sanctionId: string,
): Promise<StoredSanction> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const found = await client.query<SanctionRow>(
    `${selectSanctions(actor, bind)} where s.sanction_id = ${bind(sanctionId)} and ${visibleSanctions(actor, bind)}`,
    values,
  );
  if (!found.rows[0]) {
    throw new Problem('not_found', {
      detail: { id: 'Prosedur sanksi tidak ditemukan.', en: 'No such sanction procedure.' },
    });
  }
  return storedSanction(found.rows[0], actor);
}

/** The procedure in a row as the caller sees it; what is null is absent. */
export function storedSanction(row: SanctionRow, { kind }: Actor): StoredSanction {
  return {
    sanctionId: row.sanction_id,
    employerId: row.employer_id,
    agency: row.agency_code,
    employer: {
      id: row.employer_id,
      legalName: row.legal_name,
      ...(row.npp !== null && { npp: row.npp }),
      ...(row.nib !== null && { nib: row.nib }),
      regionCode: row.region_code,
    },
    ...(row.note !== null && { note: row.note }),
    openedBy: row.opened_by,
    stepsBy: row.steps_by ?? {},
    sight: kind === 'employer' ? 'employer' : row.whole ? 'whole' : 'unit',
  };
}
