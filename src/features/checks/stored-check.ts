import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import type { Instant } from '#src/domain/civil.ts';
import type { Actor } from '#src/http/actor.ts';
import { IdField } from '#src/http/fields.ts';
import { receiptOf } from '#src/http/keys.ts';
import { Problem } from '#src/http/problem.ts';

export const CheckParams = z.strictObject({ id: IdField });

/** A check as it is stored: what was answered and what was signed share all that follows id and time. */
export type StoredCheck = {
  /** JSON text of the answer without its receipt. */
  answer: string;
  /** JSON text of what the receipt says besides, without the closing brace. */
  claims: string;
  /** Id of the key that signed. */
  receipt_key: string;
  signature: Buffer;
};

/**
 * The texts that are stored of a check.
 *
 * @param said members of the answer after its id and time, which are signed too
 * @param claims what is signed besides, a JSON object
 */
export function draftText(
  id: string,
  checkedAt: Instant,
  said: string,
  claims: string,
): Pick<StoredCheck, 'answer' | 'claims'> {
  return { answer: `{"id":"${id}","checkedAt":"${checkedAt}",${said}}`, claims: claims.slice(0, -1) };
}

const SAID_AT =
  draftText('00000000-0000-7000-8000-000000000000', '2026-01-01T00:00:00.000Z', '', '').answer.length - 1;

/** What is signed for an answer: JSON text. */
export function payloadOf({ answer, claims }: Pick<StoredCheck, 'answer' | 'claims'>): string {
  return `${claims},${answer.slice(SAID_AT)}`;
}

/** The answer as it goes out, byte for byte the same at every reading. */
export function withReceipt(answer: string, receipt: string): string {
  return `${answer.slice(0, -1)},"receipt":"${receipt}"}`;
}

/**
 * The answer of a check as it was given. Throws 404 unless the caller's agency made it; an employer's own client may
 * share the name of its agency with other employers or an office, and gets what its employer's clients asked.
 */
export async function readAnswer(deps: Deps, actor: Actor, checkId: string): Promise<string> {
  const found = await deps.database.pool.query<StoredCheck | { answer: string; claims: null }>(
    `select answer, claims, receipt_key, signature from checks
     where check_id = $1 and agency_code = $2
       and (not $3 or checked_by->>'employer' = $4)`,
    [checkId, actor.agency, actor.kind === 'employer', actor.employerId ?? null],
  );
  const [row] = found.rows;
  if (!row) throw new Problem('not_found');
  // Older rows hold the receipt within the answer.
  if (row.claims === null) return row.answer;
  return withReceipt(row.answer, receiptOf(row.receipt_key, payloadOf(row), row.signature));
}
