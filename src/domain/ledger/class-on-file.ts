import type { Period } from '#src/domain/civil.ts';
import type { ClassOrigin } from '#src/domain/employer.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { JkkClass, Law } from '#src/domain/parameters.ts';

export type EffectiveClass = {
  jkkClass: JkkClass;
  origin: ClassOrigin;
  /** Whether any class is on file at all. */
  onFile: boolean;
};

/**
 * The JKK class to assess a month with: the one on file for the month, else the indicative one of the KBLI division,
 * else class I. Only a decision of BPJS confirms a class, and from its month on (PP 44/2015 art. 16(2)): a class that is
 * decided in October does not change what September was billed.
 */
export function classFor(facts: Facts, law: Law, period: Period): EffectiveClass {
  const onFile = facts.classes.findLast(({ from }) => from <= period);
  if (onFile?.jkkClass) return { jkkClass: onFile.jkkClass, origin: onFile.origin, onFile: true };
  const division = facts.employer.kbli?.code.slice(0, 2);
  const indicative = division && law.at(period).indicativeClass.value.get(division);
  return { jkkClass: indicative || 'I', origin: 'inferred', onFile: false };
}
