import { setImmediate as breath } from 'node:timers/promises';
import type { Deps } from '#src/deps.ts';
import { type Action, actionFor, type Purpose } from '#src/domain/check-policy.ts';
import { dayOf } from '#src/domain/civil.ts';
import type { Language } from '#src/domain/language.ts';
import { type Verdict, verdictOf } from '#src/domain/verdict-document.ts';
import { answersFor, type Clocks, fromSummary, readAllFacts, type SummaryRow } from '#src/facts/index.ts';
import type { Actor } from '#src/http/actor.ts';
import { type Candidate, type Resolution, resolveSubjects, type Subject } from '#src/registry/index.ts';

/** A judgement on one subject, not yet recorded. */
export type Judged = {
  subject: Subject;
  outcome: Resolution['outcome'];
  action: Action;
  verdict?: Verdict;
  candidates?: Candidate[];
};

export type Question = {
  actor: Actor;
  subjects: readonly Subject[];
  purpose: Purpose;
  clocks: Clocks;
  language: Language;
};

/** How long a batch may keep everybody else waiting. */
const SLICE_MS = 10;
const AT_ONCE = 4;

/**
 * Judges each subject, in order: who it is among all employers of the nation, what holds of it, what to do. An
 * employer's own client gets to know of itself only.
 */
export async function judgeSubjects(deps: Deps, question: Question): Promise<Judged[]> {
  const { actor, subjects } = question;
  const visible = actor.kind === 'employer' ? actor : 'everywhere';
  const resolutions = await resolveSubjects(deps.database, subjects, visible);
  const judged: Judged[] = [];
  let sliceEnd = performance.now() + SLICE_MS;
  const places = resolutions.keys();
  // Workers share one iterator: those whose summary cannot answer wait for the database beside one another.
  const worker = async () => {
    for (const place of places) {
      const subject = subjects[place]!;
      judged[place] = { subject, ...(await judge(deps, question, resolutions[place]!)) };
      if (performance.now() < sliceEnd) continue;
      await breath();
      sliceEnd = performance.now() + SLICE_MS;
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, subjects.length) }, worker));
  return judged;
}

async function judge(
  deps: Deps,
  { purpose, clocks, language }: Question,
  resolution: Resolution,
): Promise<Omit<Judged, 'subject'>> {
  if (resolution.outcome !== 'resolved') return { ...resolution, action: 'confirm_subject' };
  const known = await factsOf(deps, resolution.summary, clocks);
  if (!known) return { outcome: 'none', action: 'confirm_subject' };
  const verdict = verdictOf(known, deps.law, language);
  const action = actionFor(deps.law.checkPolicyOn(verdict.asOf), {
    purpose,
    status: verdict.status,
    inArrears: verdict.arrears.months > 0,
    flagsInForce: verdict.restrictions.map(({ kind }) => kind),
    deniedServices: [],
  });
  return { outcome: 'resolved', action, verdict };
}

/** What the summary at hand answers, else all facts; undefined where the employer was not known by then. */
async function factsOf(deps: Deps, summary: SummaryRow, clocks: Clocks) {
  const asOf = clocks.asOf ?? dayOf(deps.clock());
  if (clocks.knownAt === undefined && answersFor(summary, deps.law.version, asOf))
    return fromSummary(summary, asOf);
  return readAllFacts(deps, summary.employer_id, clocks);
}
