import { counted, type Language, listText, rupiahText } from '#src/domain/language.ts';
import type { PriorityPart } from './priority.ts';

/** Why a part of a priority has its points, in Indonesian and English. */
export function becauseOf(part: PriorityPart): Record<Language, string> {
  return { id: `${said(part, 'id')}.`, en: `${said(part, 'en')}.` };
}

function said(part: PriorityPart, language: Language): string {
  const id = language === 'id';
  const { fullAt } = part;
  switch (part.name) {
    case 'money': {
      const [arrears, full] = [part.figures.arrears, fullAt].map((amount) => rupiahText(amount, language));
      return id ? `Tunggakan ${arrears}; penuh mulai ${full}` : `Arrears of ${arrears}; full from ${full} on`;
    }
    case 'workers': {
      const { declared, missing } = part.figures;
      return id
        ? `${declared} pekerja dilaporkan, ${missing} tidak; penuh mulai ${fullAt} pekerja`
        : `${counted(declared, 'worker')} declared, ${missing} not; full from ${fullAt} workers on`;
    }
    case 'age': {
      const { months } = part.figures;
      return id
        ? `Alasan tertua berjalan ${months} bulan; penuh mulai ${fullAt} bulan`
        : `The oldest reason has lasted ${counted(months, 'month')}; full from ${fullAt} months on`;
    }
    case 'evidence':
      return evidenceText(part.figures, fullAt, language);
    case 'history':
      return historyText(part.figures, fullAt, language);
    case 'flags': {
      const { inForce } = part.figures;
      return id
        ? `${inForce} penandaan berlaku; penuh mulai ${fullAt}`
        : `${counted(inForce, 'flag')} in force; full from ${fullAt} on`;
    }
  }
}

function evidenceText(
  { finding, months }: Extract<PriorityPart, { name: 'evidence' }>['figures'],
  fullAt: number,
  language: Language,
): string {
  const id = language === 'id';
  switch (finding) {
    case 'none':
      return id
        ? 'Tidak ada temuan atas pekerja, upah atau program'
        : 'No finding on workers, wages or programmes';
    case 'signal':
      return id
        ? `Petunjuk atas pekerja, upah atau program; masih baru ${months} dari ${fullAt} bulan`
        : `A signal on workers, wages or programmes; fresh for ${months} more of ${fullAt} months`;
    case 'breach':
      return id
        ? `Temuan atas pekerja, upah atau program; masih baru ${months} dari ${fullAt} bulan`
        : `A finding on workers, wages or programmes; fresh for ${months} more of ${fullAt} months`;
  }
}

function historyText(
  { visits, sanctions, brokenPlans }: Extract<PriorityPart, { name: 'history' }>['figures'],
  fullAt: number,
  language: Language,
): string {
  if (language === 'id') {
    const cases = [
      `${visits} kunjungan yang menemukan pelanggaran`,
      `${sanctions} prosedur sanksi`,
      `${brokenPlans} rencana yang dilanggar`,
    ];
    return `Sebelumnya ${listText(cases, language)}; penuh mulai ${fullAt}`;
  }
  const cases = [
    `${counted(visits, 'visit')} that found a breach`,
    counted(sanctions, 'sanction procedure'),
    counted(brokenPlans, 'broken plan'),
  ];
  return `Earlier ${listText(cases, language)}; full from ${fullAt} on`;
}
