import type { Day, Period } from '#src/domain/civil.ts';
import { counted, periodText } from '#src/domain/language.ts';
import { nikMatches, type Sex } from '#src/domain/nik.ts';
import { type CrossCheckMeaning, type Finding, niksOf } from './cross-check.ts';

/** What a roster line must tell of who somebody is. */
export type PersonLine = { nik: string; birthDate: Day; sex?: Sex | undefined };

export type ContradictionFigures = {
  headcount: number;
  /** Workers whose birth date, and whose sex, the NIK contradicts; of one worker it can be both. */
  byBirthDate: number;
  bySex: number;
};

export const NIK_CONTRADICTIONS: CrossCheckMeaning = {
  title: { id: 'NIK yang bertentangan dengan data pekerja', en: 'NIKs that contradict the roster' },
  meaning: {
    id:
      'Pekerja yang tanggal lahir atau jenis kelaminnya dalam laporan berbeda dari yang tersimpan dalam NIK. NIK dapat ' +
      'diterbitkan berdasarkan data yang keliru dan tidak berubah: ini tanda untuk diperiksa.',
    en:
      'Workers whose birth date or sex in the roster differs from what the NIK holds. A NIK can be issued on wrong ' +
      'papers and never changes: this is a signal to look.',
  },
  thresholds: () => [],
};

/** Workers of a roster whose NIK says otherwise than the roster. */
export function nikContradictions(
  period: Period,
  lines: readonly PersonLine[],
): Finding<ContradictionFigures> | undefined {
  const wrong: PersonLine[] = [];
  let byBirthDate = 0;
  let bySex = 0;
  for (const line of lines) {
    const { matches, contradicts } = nikMatches(line.nik, line.birthDate, line.sex);
    if (matches) continue;
    wrong.push(line);
    if (contradicts.includes('birthDate')) byBirthDate += 1;
    if (contradicts.includes('sex')) bySex += 1;
  }
  if (wrong.length === 0) return undefined;
  return {
    workers: wrong.length,
    figures: { headcount: lines.length, byBirthDate, bySex },
    niks: niksOf(wrong),
    reason: {
      id: `NIK ${wrong.length} dari ${lines.length} pekerja pada ${periodText(period, 'id')} bertentangan dengan laporan: tanggal lahir ${byBirthDate}, jenis kelamin ${bySex}.`,
      en: `The NIK of ${wrong.length} of ${counted(lines.length, 'worker')} of ${periodText(period, 'en')} contradicts the roster: ${byBirthDate} by birth date, ${bySex} by sex.`,
    },
  };
}
