import { addDays, type Day, latest } from '#src/domain/civil.ts';
import { countsThrough, type Evidence, evidenceChangeDays, findingsOf } from '#src/domain/evidence.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';

/**
 * Days after `asOf` on which evidence can change a status by itself. Of evidence that has the same effect, which is on
 * the same month, as grave and as refuted, only the end of the last matters: a company with much of it is judged no
 * slower.
 */
export function evidenceStatusDays(facts: Facts, law: Law, asOf: Day): Day[] {
  const days: Day[] = [];
  const ends = new Map<string, Day>();
  for (const evidence of facts.evidence) {
    const effects = effectsOf(evidence, facts);
    if (effects.length === 0) continue;
    if (evidence.observedOn > asOf) days.push(...evidenceChangeDays(evidence, law, asOf));
    const end = addDays(countsThrough(evidence, law), 1);
    for (const effect of effects) ends.set(effect, latest(ends.get(effect) ?? '', end));
  }
  return [...days, ...ends.values()].filter((day) => day > asOf);
}

function effectsOf(evidence: Evidence, { employer, suspensions }: Facts): string[] {
  const { id, kind, recordedAt, headcount, compared } = evidence;
  const decided = suspensions.filter(({ ending }) => ending?.upheld && ending.recordedAt >= recordedAt);
  const shown = findingsOf(evidence).map(
    ({ code }) => `${code} ${compared!.period} ${kind === 'inspection'} ${decided.length}`,
  );
  // Whether there is anybody to register is said by the newest alone.
  const scope = headcount !== undefined && employer.registeredOn === undefined ? [id] : [];
  return [...shown, ...scope];
}
