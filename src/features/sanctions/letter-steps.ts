import type { ClientBase, Pool } from 'pg';
import type { Day, Instant } from '#src/domain/civil.ts';
import type { SanctionStepKind } from '#src/domain/sanctions.ts';
import type { Actor } from '#src/http/actor.ts';
import { Problem } from '#src/http/problem.ts';
import type { StoredSanction } from './stored-sanction.ts';

/** What letters are asked for by. */
export const LETTER_STEPS = ['first_warning', 'second_warning', 'administrative_fine', 'tmp2t_lift'] as const;

const KINDS = {
  first_warning: ['first_warning'],
  second_warning: ['second_warning'],
  administrative_fine: ['administrative_fine'],
  tmp2t_lift: ['tmp2t_lift_request', 'tmp2t_lifted'],
} as const satisfies Record<(typeof LETTER_STEPS)[number], readonly SanctionStepKind[]>;

/** A step by which a letter is sent. */
export type LetterStep = {
  id: string;
  step: (typeof KINDS)[keyof typeof KINDS][number];
  on: Day;
  recordedAt: Instant;
};

type StepRow = { step_id: string; step: LetterStep['step']; on_day: Day; recorded_at: Date };

/**
 * The newest step of a kind, or the one with the id, by which a letter was sent that the caller may read: a unit that
 * was asked to deny services, those about its own requests. Throws 404 while there is none.
 */
export async function findLetterStep(
  client: ClientBase | Pool,
  { employerId, sanctionId, sight }: StoredSanction,
  { agency }: Actor,
  { step, stepId }: { step: (typeof LETTER_STEPS)[number]; stepId: string | undefined },
): Promise<LetterStep> {
  const found = await client.query<StepRow>(
    `select t.step_id, t.step, t.on_day, t.recorded_at
     from sanction_steps t
     left join sanction_steps q
       on q.employer_id = t.employer_id and q.sanction_id = t.sanction_id and q.step_id = t.request_id
     where t.employer_id = $1 and t.sanction_id = $2 and t.step = any($3)
       and ($4::uuid is null or t.step_id = $4) and ($5::text is null or q.decided_by = $5)
     order by t.recorded_at desc, t.step_id desc
     limit 1`,
    [employerId, sanctionId, KINDS[step], stepId ?? null, sight === 'unit' ? agency : null],
  );
  const row = found.rows[0];
  if (!row) {
    throw new Problem('not_found', {
      detail: { id: 'Langkah itu belum diambil.', en: 'That step has not been taken.' },
    });
  }
  return { id: row.step_id, step: row.step, on: row.on_day, recordedAt: row.recorded_at.toISOString() };
}
