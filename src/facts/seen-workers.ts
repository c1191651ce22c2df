import type { SeenWorker } from '#src/domain/rules/roster-comparison.ts';
import type { KeyRing } from '#src/personal-data/index.ts';

/** Which evidence a sealed list of workers belongs to. */
export type SeenIn = { employerId: string; evidenceId: string };

/** Whom evidence saw as bytes: the same persons in any order give the same. */
export function encodeSeen(workers: readonly SeenWorker[]): string {
  const entries = workers.map(({ nik, wage = null }) => [nik, wage] as const);
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Seals whom evidence saw, so that the list cannot be read as another's. */
export function sealSeen(keyRing: KeyRing, of: SeenIn, workers: readonly SeenWorker[]): Buffer {
  return keyRing.seal(encodeSeen(workers), context(of));
}

/** The workers that evidence saw, in the order of NIK. */
export function openSeen(keyRing: KeyRing, of: SeenIn, sealed: Buffer): SeenWorker[] {
  const entries: [nik: string, wage: number | null][] = JSON.parse(
    keyRing.open(sealed, context(of)).toString(),
  );
  return entries.map(([nik, wage]) => (wage === null ? { nik } : { nik, wage }));
}

function context({ employerId, evidenceId }: SeenIn): string {
  return `evidence:${employerId}:${evidenceId}`;
}
