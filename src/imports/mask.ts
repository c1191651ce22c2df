import { BROKEN } from './text.ts';

const SHOWN = 60;

/**
 * A value of a file as a rejection may show it: its beginning, and of a personal one the shape alone (`•,•••••E+••`).
 * A number as long as a NIK is hidden wherever it stands, since columns get mixed up. What PostgreSQL would not store,
 * control characters and halves of characters, is shown as broken.
 */
export function mask(value: string, personal: boolean): string {
  const start = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  const shown = start.toWellFormed().replace(/\p{Cc}/gu, BROKEN);
  if (personal) return shown.replace(/[\p{L}\p{M}\p{N}]/gu, '•');
  return shown.replace(/\d(?:[\s.\uFFFD-]?\d){14,}/g, (digits) => digits.replace(/\d/g, '•'));
}
