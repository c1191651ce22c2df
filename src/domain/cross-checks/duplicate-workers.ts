import type { Period } from '#src/domain/civil.ts';
import { counted, periodText } from '#src/domain/language.ts';
import type { EmploymentType } from '#src/domain/rules/obligations.ts';
import { type CrossCheckMeaning, type Finding } from './cross-check.ts';

/** What a roster line must tell to be compared with other employers' lines. */
export type EmployedLine = { nik: string; employmentType?: EmploymentType | undefined };

/** How many of the workers another employer declares full-time, too. */
export type SharedWith = { employerId: string; workers: number };

export type DuplicateFigures = {
  /** The others, those with the most workers in common first. */
  sharedWith: SharedWith[];
};

export const DUPLICATE_WORKERS: CrossCheckMeaning = {
  title: {
    id: 'Pekerja penuh waktu pada beberapa pemberi kerja',
    en: 'Workers declared full-time by several employers',
  },
  meaning: {
    id:
      'NIK yang pada bulan yang sama dilaporkan oleh beberapa pemberi kerja dengan status selain harian; tanpa status ' +
      'dihitung penuh waktu. Seorang pekerja boleh bekerja pada dua pemberi kerja: ini tanda untuk diperiksa.',
    en:
      'A NIK that several employers declare in the same month with an employment type other than daily; none stated ' +
      'counts as full-time. A worker may work for two employers: this is a signal to look.',
  },
  thresholds: () => [],
};

/** Whether a line is of somebody who cannot be expected to work elsewhere, too. */
export function isFullTime({ employmentType }: EmployedLine): boolean {
  return employmentType !== 'daily';
}

/**
 * Workers whom an employer declares full-time although others do so in the same month.
 *
 * @param elsewhere the other employers that declare a NIK full-time
 */
export function duplicateWorkers(
  period: Period,
  niks: readonly string[],
  elsewhere: (nik: string) => readonly string[],
): Finding<DuplicateFigures> | undefined {
  const shared = niks.filter((nik) => elsewhere(nik).length > 0);
  if (shared.length === 0) return undefined;
  const workers = new Map<string, number>();
  for (const nik of shared)
    for (const employerId of elsewhere(nik)) workers.set(employerId, (workers.get(employerId) ?? 0) + 1);
  const sharedWith = [...workers]
    .map(([employerId, count]): SharedWith => ({ employerId, workers: count }))
    .sort((a, b) => b.workers - a.workers || (a.employerId < b.employerId ? -1 : 1));
  return {
    workers: shared.length,
    figures: { sharedWith },
    niks: shared,
    reason: {
      id: `${shared.length} pekerja pada ${periodText(period, 'id')} dilaporkan penuh waktu juga oleh ${sharedWith.length} pemberi kerja lain.`,
      en: `${counted(shared.length, 'worker')} of ${periodText(period, 'en')} ${shared.length === 1 ? 'is' : 'are'} declared full-time by ${counted(sharedWith.length, 'other employer')}, too.`,
    },
  };
}
