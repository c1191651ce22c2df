import type { Purpose } from '#src/domain/check-policy.ts';
import type { Day, Instant } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Language } from '#src/domain/language.ts';
import type { Law } from '#src/domain/parameters.ts';
import { reasonText } from './reason-text.ts';
import type { Reason } from './reasons.ts';
import { type Standing, standingOf } from './standing.ts';

/** A verdict as it is given out and signed: the same question gives the same bytes for ever. */
export type Verdict = {
  employerId: string;
  asOf: Day;
  knownAt: Instant;
  dataCutoff: Instant;
  rulesetVersion: string;
  status: Standing['status'];
  /** `detail` is the sentence in the language asked for. */
  reasons: (Reason & { detail: string; sentences: Record<Language, string> })[];
  restrictions: Standing['restrictions'];
  arrears: Standing['arrears'];
  validUntil: Day | null;
};

/** The verdict on an employer, with sentences for each reason; for the purpose of a check, by its tolerance. */
export function verdictOf(
  known: { facts: Facts; asOf: Day; knownAt: Instant; dataCutoff: Instant },
  law: Law,
  language: Language,
  purpose?: Purpose,
): Verdict {
  const { facts, asOf, knownAt, dataCutoff } = known;
  const { status, reasons, restrictions, arrears, validUntil } = standingOf(facts, law, asOf, purpose);
  return {
    employerId: facts.employerId,
    asOf,
    knownAt,
    dataCutoff,
    rulesetVersion: law.version,
    status,
    reasons: reasons.map((reason) => {
      const sentences = { id: reasonText(reason, law, 'id'), en: reasonText(reason, law, 'en') };
      return { ...reason, detail: sentences[language], sentences };
    }),
    restrictions,
    arrears,
    validUntil,
  };
}
