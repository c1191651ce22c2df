import { expect, test } from 'vitest';
import { CERTAINTIES, certaintyLegend } from '#src/domain/certainty.ts';
import { articleText } from '#src/domain/language.ts';
import { POLICIES } from '#src/domain/parameters.ts';
import { policyText } from '#src/domain/policy-text.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { reasonArticle, reasonText } from '#src/domain/verdict/reason-text.ts';
import type { Reason } from '#src/domain/verdict/reasons.ts';
import { citation, loadLaw } from '#src/law/index.ts';

const law = loadLaw();
const TITLE = { id: 'Pembulatan iuran', en: 'Rounding of contributions' };

test.each([
  ['PP 44/2015 art. 16(1)c', 'PP 44/2015 Pasal 16 ayat (1) huruf c'],
  ['PP 45/2015 art. 29(3)-(4)', 'PP 45/2015 Pasal 29 ayat (3) dan ayat (4)'],
  ['PP 86/2013 art. 3(1)-(3)', 'PP 86/2013 Pasal 3 ayat (1) sampai dengan ayat (3)'],
  ['Perpres 109/2013 art. 6(3)a', 'Perpres 109/2013 Pasal 6 ayat (3) huruf a'],
  ['PP 44/2015 arts. 16 and 18', 'PP 44/2015 Pasal 16 dan Pasal 18'],
  ['PP 7/2021 arts. 35-36', 'PP 7/2021 Pasal 35 dan Pasal 36'],
  ['UU 24/2011 art. 15(2) and 19', 'UU 24/2011 Pasal 15 ayat (2) dan Pasal 19'],
  ['PP 44/2015 art. 16A(3); PP 37/2021 art. 4', 'PP 44/2015 Pasal 16A ayat (3); PP 37/2021 Pasal 4'],
  ['PP 44/2015 Annex (Lampiran) II', 'PP 44/2015 Lampiran II'],
  ['Joint decree (SKB) 1497/2025, 2/2025, 5/2025 annex', 'SKB 1497/2025, 2/2025, 5/2025 Lampiran'],
  ['PP 46/2015 (article not confirmed)', 'PP 46/2015 (pasalnya belum dipastikan)'],
  ['PP 37/2021 art. 4 as amended by PP 6/2025', 'PP 37/2021 Pasal 4 sebagaimana diubah dengan PP 6/2025'],
  [
    'PP 44/2015 art. 16A(3) as inserted by PP 49/2023',
    'PP 44/2015 Pasal 16A ayat (3) yang disisipkan dengan PP 49/2023',
  ],
  [
    'PP 44/2015 art. 22, as BPJS Ketenagakerjaan explains it',
    'PP 44/2015 Pasal 22, menurut penjelasan BPJS Ketenagakerjaan',
  ],
  ['Patuh policy on rounding', 'kebijakan Patuh “Pembulatan iuran”'],
])('%s is %s in Indonesian', (article, indonesian) => {
  expect(articleText(article, 'id', TITLE)).toBe(indonesian);
  expect(articleText(article, 'en', TITLE)).toBe(article);
});

test('no citation of the law keeps an English word in Indonesian', () => {
  const cited = [
    ...law.parameters.flatMap(({ title, values }) =>
      values.map(({ basis }) => articleText(citation(basis), 'id', title)),
    ),
    ...law.holidayYears.map(({ basis }) => articleText(citation(basis), 'id')),
    ...REASON_CODES.map((code) => reasonArticle(law, code, 'id')),
  ];
  expect(cited.length).toBeGreaterThan(100);
  const english = /\b(arts?|annex|and|as|by|amended|joint|decree|confirmed|not|on|policy|explains?)\b/i;
  expect(cited.filter((text) => english.test(text))).toEqual([]);
});

test('every policy, and every certainty that a value has, is told in words of both languages', () => {
  for (const language of ['id', 'en'] as const) {
    for (const name of POLICIES) {
      const { value } = law.policy(name, '2026-11-21');
      expect(policyText(value, language), name).toMatch(/^[^_]+$/);
    }
  }
  expect(certaintyLegend(CERTAINTIES, 'id')).toHaveLength(CERTAINTIES.length);
  expect(certaintyLegend(['product_decision', 'C2', 'C2'], 'en')).toEqual([
    'C2: read in a report of the regulation',
    'product decision: decided by Patuh where the law is silent',
  ]);
});

test('a sentence tells since when its oldest month is overdue', () => {
  const said = (periods: string[], code: 'ARREARS' | 'NOT_DECLARED', language: 'id' | 'en') => {
    const { article } = law.reasons[code];
    const reason: Reason = { code, severity: 'breach', since: '2026-08-19', periods, amount: 1_000, article };
    return reasonText(reason, law, language);
  };
  expect(said(['2026-07'], 'ARREARS', 'en')).toMatch(
    /^Contributions for July 2026 of Rp 1,000 have been overdue since 19/,
  );
  expect(said(['2026-07', '2026-08'], 'ARREARS', 'en')).toContain(
    'overdue, the oldest since 19 August 2026 (',
  );
  expect(said(['2026-07', '2026-08'], 'ARREARS', 'id')).toContain(
    'jatuh tempo, yang tertua sejak 19 Agustus 2026 (',
  );
  expect(said(['2026-07', '2026-08'], 'NOT_DECLARED', 'en')).toContain(
    'have not been declared; that has been overdue, the oldest since',
  );
});

test('a class that is not decided, and a policy, are told without codes', () => {
  const said = (code: 'CLASS_UNCONFIRMED' | 'BELOW_TOLERANCE', language: 'id' | 'en') => {
    const { article } = law.reasons[code];
    const reason: Reason = { code, severity: 'info', since: '2026-08-19', periods: ['2026-07'], article };
    return reasonText(reason, law, language);
  };
  expect(said('CLASS_UNCONFIRMED', 'en')).toBe(
    'The JKK risk class has not been decided by BPJS Ketenagakerjaan (PP 44/2015 art. 16(2)).',
  );
  expect(reasonArticle(law, 'CLOSED', 'id')).toBe('kebijakan Patuh “Usaha telah tutup”');
  expect(said('BELOW_TOLERANCE', 'id')).toContain('(kebijakan Patuh “Toleransi tunggakan”)');
});
