import type { z } from 'zod';
import type { Tx } from '#src/db/index.ts';
import type { Day } from '#src/domain/civil.ts';
import type { Sanction, SanctionStepKind } from '#src/domain/sanctions.ts';
import { type Actor, AGENCY_KINDS, type AgencyKind, requireKind } from '#src/http/actor.ts';
import { type Fault, Problem } from '#src/http/problem.ts';
import type { SanctionStepCreate } from './sanction.ts';
import { PROCEDURE_KINDS } from './stored-sanction.ts';

/** A step as its request states it. */
export type Stated = z.output<typeof SanctionStepCreate>;

/** Steps of the unit that was asked to deny services; the others are of the agency that opened the procedure. */
const OF_UNITS: readonly SanctionStepKind[] = ['tmp2t_decision', 'tmp2t_lifted'];

/** Agencies that provide public services, and can be asked to deny them. */
const UNIT_KINDS: readonly AgencyKind[] = [
  'licensing_office',
  'procurement_unit',
  'regional_government',
  'village_government',
  'labour_office',
  'operator',
];

/** What a step says besides its day and a note. */
const FIELDS = ['services', 'decidedBy', 'requestId', 'accepted'] as const;
const TAKES: Partial<Record<SanctionStepKind, readonly (typeof FIELDS)[number][]>> = {
  tmp2t_request: ['services', 'decidedBy'],
  tmp2t_decision: FIELDS,
  tmp2t_lift_request: ['services', 'decidedBy', 'requestId'],
  tmp2t_lifted: ['services', 'decidedBy', 'requestId'],
};

/** Throws 422 for what the step lacks or does not take, and for a day ahead. */
export function refuseContent(stated: Stated, today: Day): void {
  const { step, on, accepted, note } = stated;
  const takes = TAKES[step] ?? [];
  const required = [
    ...(step === 'tmp2t_request' ? (['services'] as const) : []),
    ...(step === 'tmp2t_decision' ? (['accepted'] as const) : []),
    ...(step === 'closed' || accepted === false ? (['note'] as const) : []),
  ];
  const errors: Fault[] = [
    ...FIELDS.filter((field) => stated[field] !== undefined && !takes.includes(field)).map((field) => ({
      pointer: `/${field}`,
      code: 'not_of_this_step',
      detail: { id: `Bukan bagian dari ${step}.`, en: `Not a part of ${step}.` },
    })),
    ...required
      .filter((field) => (field === 'note' ? note : stated[field]) === undefined)
      .map((field) => ({
        pointer: `/${field}`,
        code: 'required',
        detail: { id: `Diperlukan untuk ${step}.`, en: `Needed for ${step}.` },
      })),
  ];
  if (on > today) {
    errors.push({
      pointer: '/on',
      code: 'in_future',
      detail: { id: 'Di masa depan.', en: 'In the future.' },
    });
  }
  if (errors.length > 0) throw new Problem('invalid_content', { errors });
}

/**
 * The unit whose requests the caller can mean by this step; undefined where it can mean any. Throws 403 where the step
 * is not the caller's: a unit that Patuh knows decides itself, for others the agency of the procedure says what they
 * decided.
 */
export async function unitMeant(
  tx: Tx,
  actor: Actor,
  { agency, steps }: Sanction,
  { step, decidedBy }: Stated,
): Promise<string | undefined> {
  if (!OF_UNITS.includes(step)) {
    requireKind(actor, PROCEDURE_KINDS);
    if (actor.agency !== agency) throw new Problem('sanction_of_other_agency');
    if (step === 'tmp2t_request' && decidedBy !== undefined) await refuseAddressee(tx, decidedBy);
    return decidedBy;
  }
  requireKind(
    actor,
    AGENCY_KINDS.filter((kind) => kind !== 'employer'),
  );
  const isAsked = steps.some((each) => each.step === 'tmp2t_request' && each.decidedBy === actor.agency);
  if (isAsked && (decidedBy === undefined || decidedBy === actor.agency)) return actor.agency;
  if (actor.agency !== agency) throw new Problem('sanction_of_other_unit');
  await refuseOtherUnit(tx, actor, decidedBy);
  return decidedBy;
}

/** Throws 403 where the unit is an agency that Patuh knows, and not the caller's. */
export async function refuseOtherUnit(tx: Tx, actor: Actor, unit: string | undefined): Promise<void> {
  if (unit === undefined || unit === actor.agency) return;
  if ((await kindOf(tx, unit)) !== undefined) throw new Problem('sanction_of_other_unit');
}

/** Throws 422 where the unit is an agency that provides no services. */
async function refuseAddressee(tx: Tx, unit: string): Promise<void> {
  const kind = await kindOf(tx, unit);
  if (kind === undefined || UNIT_KINDS.includes(kind)) return;
  const detail = {
    id: `Instansi berjenis ${kind} tidak memutuskan pelayanan publik.`,
    en: `An agency of kind ${kind} does not decide about public services.`,
  };
  throw new Problem('invalid_content', {
    errors: [{ pointer: '/decidedBy', code: 'no_service_unit', detail }],
  });
}

async function kindOf(tx: Tx, agency: string): Promise<AgencyKind | undefined> {
  const found = await tx.client.query<{ kind: AgencyKind }>('select kind from agencies where code = $1', [
    agency,
  ]);
  return found.rows[0]?.kind;
}
