import { decodeRoster, encodeRoster, type KeyRing, type RosterLine } from '#src/personal-data/index.ts';

/** A roster ready to be stored: sealed, with a digest by which equal rosters are known. */
export type SealedRoster = { roster: Buffer; digest: Buffer };

/** Seals a roster for one employer; the same lines in any order give the same digest. */
export function sealRoster(keyRing: KeyRing, employerId: string, lines: readonly RosterLine[]): SealedRoster {
  const content = encodeRoster(lines);
  return { roster: keyRing.seal(content, rosterContext(employerId)), digest: keyRing.digest(content) };
}

/** The lines of a sealed roster. */
export function openRoster(keyRing: KeyRing, employerId: string, roster: Buffer): RosterLine[] {
  return decodeRoster(keyRing.open(roster, rosterContext(employerId)));
}

/** Ties a sealed roster to its employer, so that it cannot be read as another's. */
function rosterContext(employerId: string): string {
  return `roster:${employerId}`;
}
