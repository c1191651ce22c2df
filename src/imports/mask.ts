const SHOWN = 60;

/**
 * A value of a file as a rejection may show it: its beginning, and of a personal one the shape alone (`•,•••••E+••`).
 * A number as long as a NIK is hidden wherever it stands, since columns get mixed up.
 */
export function mask(value: string, personal: boolean): string {
  const shown = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  if (personal) return shown.replace(/[\p{L}\p{M}\p{N}]/gu, '•');
  return shown.replace(/\d(?:[\s.-]?\d){14,}/g, (digits) => digits.replace(/\d/g, '•'));
}
