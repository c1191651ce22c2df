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
