import type { AssessedColumns } from '#src/domain/rules/roster-columns.ts';
import {
  decodeRoster,
  encodeRoster,
  type KeyRing,
  type RosterLine,
  rosterColumns,
} from '#src/personal-data/index.ts';

/** Which declaration a sealed roster belongs to. */
export type RosterOf = { employerId: string; declarationId: string };

/** A roster as it is stored, and a keyed digest of it: the same lines in any order give the same digest. */
export type EncodedRoster = { content: Buffer; digest: Buffer };

export function encodedRoster(keyRing: KeyRing, lines: readonly RosterLine[]): EncodedRoster {
  const content = encodeRoster(lines);
  return { content, digest: keyRing.digest(content) };
}

/** Seals a roster for its declaration, so that it cannot be read as another's. */
export function sealRoster(keyRing: KeyRing, of: RosterOf, content: Buffer): Buffer {
  return keyRing.seal(content, context(of));
}

/** The lines of a declaration's sealed roster. */
export function openRoster(keyRing: KeyRing, of: RosterOf, roster: Buffer): RosterLine[] {
  return decodeRoster(keyRing.open(roster, context(of)));
}

/** What assessing asks of the workers of a declaration's sealed roster; names are not read. */
export function openRosterColumns(keyRing: KeyRing, of: RosterOf, roster: Buffer): AssessedColumns {
  return rosterColumns(keyRing.open(roster, context(of)));
}

function context({ employerId, declarationId }: RosterOf): string {
  return `roster:${employerId}:${declarationId}`;
}
