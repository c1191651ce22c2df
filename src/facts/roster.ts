import type { AssessedColumns } from '#src/domain/rules/roster-columns.ts';
import { decodeRoster, type KeyRing, type RosterLine, rosterColumns } from '#src/personal-data/index.ts';

/** Which declaration a sealed roster belongs to. */
export type RosterOf = { employerId: string; declarationId: string };

/** Seals a roster for its declaration, so that it cannot be read as another's. */
export function sealRoster(keyRing: KeyRing, of: RosterOf, content: Buffer): Buffer {
  return keyRing.seal(content, context(of));
}

/** The encoded roster of a declaration, unsealed. */
export function unsealRoster(keyRing: KeyRing, of: RosterOf, roster: Buffer): Buffer {
  return keyRing.open(roster, context(of));
}

/** The lines of a declaration's sealed roster. */
export function openRoster(keyRing: KeyRing, of: RosterOf, roster: Buffer): RosterLine[] {
  return decodeRoster(unsealRoster(keyRing, of, roster));
}

/** What assessing asks of the workers of a declaration's sealed roster; names are not read. */
export function openRosterColumns(keyRing: KeyRing, of: RosterOf, roster: Buffer): AssessedColumns {
  return rosterColumns(unsealRoster(keyRing, of, roster));
}

function context({ employerId, declarationId }: RosterOf): string {
  return `roster:${employerId}:${declarationId}`;
}
