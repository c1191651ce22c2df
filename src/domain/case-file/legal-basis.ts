import type { Rupiah } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { Sanctionable } from '#src/domain/sanctions.ts';

/** What a case rests on in law; articles as they are cited in English, as everywhere in answers. */
export type LegalBasis = {
  /** Of each breach that the procedure is about. */
  breaches: { code: Sanctionable; article: string }[];
  /** Of the procedure: sanctions and how they are imposed. */
  procedure: string[];
  /** What a crime it can be: UU 24/2011 art. 19(1)-(2) with art. 55, prison or a fine, never both by the article. */
  criminal: {
    duties: string;
    article: string;
    alternatives: [{ kind: 'prison'; mostYears: number }, { kind: 'fine'; most: Rupiah }];
  };
  /** What lets a prosecutor act for BPJS in a civil matter, by special power of attorney (*surat kuasa khusus*, SKK). */
  powerOfAttorney: string;
};

export function legalBasis(codes: readonly Sanctionable[], { reasons }: Pick<Law, 'reasons'>): LegalBasis {
  return {
    breaches: codes.map((code) => ({ code, article: reasons[code].article })),
    procedure: ['UU 24/2011 art. 17', 'PP 86/2013', 'Permenaker 4/2018'],
    criminal: {
      duties: 'UU 24/2011 art. 19(1)-(2)',
      article: 'UU 24/2011 art. 55',
      alternatives: [
        { kind: 'prison', mostYears: 8 },
        { kind: 'fine', most: 1_000_000_000 },
      ],
    },
    powerOfAttorney: 'UU 16/2004 art. 30(2)',
  };
}
