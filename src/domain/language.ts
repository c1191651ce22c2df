import { addPeriods, type Day, type Period } from './civil.ts';
import { type Ppm, percentOfPpm, type Rupiah } from './money.ts';

/** Languages of what people read: Indonesian and English. */
export type Language = 'id' | 'en';

const GROUPS = /\B(?=(\d{3})+$)/g;

/** An amount as people read it: `Rp 10.000.000` in Indonesian, `Rp 10,000,000` in English. */
export function rupiahText(amount: Rupiah, language: Language): string {
  return `Rp ${String(amount).replace(GROUPS, language === 'id' ? '.' : ',')}`;
}

/** A rate as people read it: `0,89 %` in Indonesian, `0.89 %` in English. */
export function percentText(rate: Ppm, language: Language): string {
  const percent = percentOfPpm(rate);
  return `${language === 'id' ? percent.replace('.', ',') : percent} %`;
}

const MONTHS: Record<Language, readonly string[]> = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** A contribution month as people read it: `Oktober 2026`. */
export function periodText(period: Period, language: Language): string {
  return `${MONTHS[language][Number(period.slice(5)) - 1]} ${period.slice(0, 4)}`;
}

/** A day as people read it: `16 Oktober 2026`. */
export function dayText(day: Day, language: Language): string {
  return `${Number(day.slice(8))} ${periodText(day.slice(0, 7), language)}`;
}

/** Contribution months, oldest first, as people read them; three and more in a row as from the first to the last. */
export function periodsText(periods: readonly Period[], language: Language): string {
  const parts: string[] = [];
  for (let first = 0; first < periods.length; ) {
    let last = first;
    while (periods[last + 1] === addPeriods(periods[last]!, 1)) last += 1;
    const [from, to] = [periods[first]!, periods[last]!].map((each) => periodText(each, language));
    if (last - first < 2) parts.push(...(first === last ? [from!] : [from!, to!]));
    else parts.push(`${from} ${language === 'id' ? 'sampai' : 'to'} ${to}`);
    first = last + 1;
  }
  return listText(parts, language);
}

/** `a, b dan c`. */
export function listText(parts: readonly string[], language: Language): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${language === 'id' ? 'dan' : 'and'} ${parts.at(-1)}`;
}

/** Where the law says so, as people read it: articles are *pasal* in Indonesian. */
export function articleText(article: string, language: Language): string {
  if (language === 'en') return article;
  return article
    .replace(/^Patuh policy.*/, 'kebijakan Patuh')
    .replace(/\barts?\. /g, 'pasal ')
    .replaceAll(' and ', ' dan ');
}
