import type { Language } from './language.ts';

/**
 * How sure a statement about the law is: C1 read in the regulation's text, C2 in a report of it, C3 on a weak page;
 * R recalled; D derived from confirmed inputs; a product decision where the law is silent.
 */
export const CERTAINTIES = ['C1', 'C2', 'C3', 'R-high', 'R-med', 'R-low', 'D', 'product_decision'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

const MEANINGS: Record<Certainty, Record<Language, string>> = {
  C1: { id: 'dibaca dalam naskah peraturannya', en: 'read in the regulation' },
  C2: { id: 'dibaca dalam pemberitaan tentang peraturannya', en: 'read in a report of the regulation' },
  C3: { id: 'hanya ditemukan di sumber yang lemah', en: 'found in a weak source only' },
  'R-high': {
    id: 'belum dicocokkan dengan naskahnya, cukup pasti',
    en: 'recalled and not compared with the text, fairly sure',
  },
  'R-med': {
    id: 'belum dicocokkan dengan naskahnya, kurang pasti',
    en: 'recalled and not compared with the text, less sure',
  },
  'R-low': {
    id: 'belum dicocokkan dengan naskahnya, tidak pasti',
    en: 'recalled and not compared with the text, unsure',
  },
  D: { id: 'dihitung dari angka yang sudah dipastikan', en: 'derived from confirmed figures' },
  product_decision: {
    id: 'ditetapkan Patuh karena peraturan tidak mengaturnya',
    en: 'decided by Patuh where the law is silent',
  },
};

/** The certainty in as few words as fit a table: its code, or that it is a product decision. */
export function certaintyText(certainty: Certainty, language: Language): string {
  if (certainty !== 'product_decision') return certainty;
  return { id: 'keputusan produk', en: 'product decision' }[language];
}

/** What each of the certainties means, in the order from sure to unsure: `C1: read in the regulation`. */
export function certaintyLegend(certainties: Iterable<Certainty>, language: Language): string[] {
  const used = new Set(certainties);
  return CERTAINTIES.filter((each) => used.has(each)).map(
    (each) => `${certaintyText(each, language)}: ${MEANINGS[each][language]}`,
  );
}
