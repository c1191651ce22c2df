import type { Deps } from '#src/deps.ts';
import { type Action, actionFor, type Purpose } from '#src/domain/check-policy.ts';
import type { Day } from '#src/domain/civil.ts';
import type { Language } from '#src/domain/language.ts';
import { type Interval, judgedInterval } from '#src/domain/verdict/interval.ts';
import { type Verdict, verdictOf } from '#src/domain/verdict/verdict-document.ts';
import { type Clocks, readAllFacts, readFactsFrom } from '#src/facts/index.ts';
import type { Actor } from '#src/http/actor.ts';
import { inTurns, pauses } from '#src/http/turns.ts';
import {
  type Candidate,
  type Resolution,
  resolveSubjects,
  type Subject,
  type Visible,
} from '#src/registry/index.ts';
import { type CheckedPlacement, judgePlacement } from './judge-placement.ts';

/** A judgement on one subject, not yet recorded. */
export type Judged = {
  subject: Subject;
  outcome: Resolution['outcome'];
  action: Action;
  verdict?: Verdict;
  interval?: Interval;
  placement?: CheckedPlacement;
  candidates?: Candidate[];
};

export type Question = {
  actor: Actor;
  subjects: readonly Subject[];
  purpose: Purpose;
  clocks: Clocks;
  /** Whether the subject was in order throughout is asked, too. */
  interval?: { from: Day; to: Day } | undefined;
  /** A contract of the subject whose workers are judged, too. */
  placementId?: string | undefined;
  language: Language;
};

const AT_ONCE = 4;

/**
 * Judges each subject, in order: who it is among all employers of the nation, what holds of it, what to do. An
 * employer's own client gets to know of itself only.
 */
export async function judgeSubjects(deps: Deps, question: Question): Promise<Judged[]> {
  const { actor, subjects } = question;
  const resolutions = await resolveSubjects(deps.database, subjects, visibleTo(actor));
  const judged: Judged[] = [];
  const pause = pauses();
  const places = resolutions.keys();
  // Workers share one iterator: those whose summary cannot answer wait for the database beside one another.
  const worker = async () => {
    for (const place of places) {
      const subject = subjects[place]!;
      judged[place] = { subject, ...(await judge(deps, question, resolutions[place]!)) };
      await pause();
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, subjects.length) }, worker));
  return judged;
}

/** Among whom subjects of a caller are looked for. */
export function visibleTo(actor: Actor): Visible {
  return actor.kind === 'employer' ? actor : 'everywhere';
}

/** What holds of a subject once it is known who it is, and what to do. */
export async function judge(
  deps: Deps,
  { actor, purpose, clocks, interval, placementId, language }: Omit<Question, 'subjects'>,
  resolution: Resolution,
): Promise<Omit<Judged, 'subject'>> {
  if (resolution.outcome !== 'resolved') return { ...resolution, action: 'confirm_subject' };
  const known =
    interval || placementId !== undefined
      ? await readAllFacts(deps, resolution.summary.employer_id, clocks)
      : await readFactsFrom(deps, resolution.summary, clocks);
  if (!known) return { outcome: 'none', action: 'confirm_subject' };
  const verdict = verdictOf(known, known.law, language, purpose);
  const action = actionFor(known.law.checkPolicyOn(verdict.asOf), {
    purpose,
    status: verdict.status,
    inArrears: verdict.arrears.months > 0,
    flagsInForce: verdict.restrictions.flatMap(({ kind }) => (kind === 'tmp2t' ? [] : kind)),
    deniedServices: verdict.restrictions.flatMap(({ services = [] }) => services),
  });
  const answer = {
    outcome: 'resolved' as const,
    action,
    verdict,
    ...(placementId !== undefined &&
      (await judgePlacement(deps, known, { actor, placementId, purpose, action, language }))),
  };
  if (!interval) return answer;
  const steps = judgedInterval(known.facts, known.law, { ...interval, purpose });
  return { ...answer, interval: await inTurns(steps) };
}
