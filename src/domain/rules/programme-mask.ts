import { PROGRAMMES, type Programme } from '#src/domain/parameters.ts';

/** A set of programmes as bits, so that a roster line needs no object: JKK 1, JKM 2, JHT 4, JP 8. */
export type ProgrammeMask = number;

export const JKK: ProgrammeMask = 1;
export const JKM: ProgrammeMask = 2;
export const JHT: ProgrammeMask = 4;
export const JP: ProgrammeMask = 8;

/** The set of the programmes as bits. */
export function maskOf(programmes: readonly Programme[]): ProgrammeMask {
  let mask = 0;
  for (const programme of programmes) mask |= 1 << PROGRAMMES.indexOf(programme);
  return mask;
}

/** The programmes of the set, in the order of {@link PROGRAMMES}. */
export function programmesOf(mask: ProgrammeMask): Programme[] {
  return PROGRAMMES.filter((_, bit) => mask & (1 << bit));
}
