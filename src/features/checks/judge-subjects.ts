import type { Deps } from '#src/deps.ts';
import { type Action, actionFor, type Purpose } from '#src/domain/check-policy.ts';
import type { Day } from '#src/domain/civil.ts';
import type { Language } from '#src/domain/language.ts';
import { type Interval, judgedInterval } from '#src/domain/verdict/interval.ts';
import { type Verdict, verdictOf } from '#src/domain/verdict/verdict-document.ts';
import { type Clocks, type KnownFacts, readAllFacts, readFactsFrom } from '#src/facts/index.ts';
import type { Actor } from '#src/http/actor.ts';
import { inTurns, pauses } from '#src/http/turns.ts';
import {
  type Candidate,
  type Known,
  type KnownSummary,
  type Resolution,
  resolveSubjects,
  type Subject,
} from '#src/registry/index.ts';
import { type CheckedPlacement, judgePlacement } from './judge-placement.ts';

/** What there is to say of a subject. */
type Judgement = {
  outcome: Resolution['outcome'];
  action: Action;
  verdict?: Verdict;
  candidates?: Candidate[];
  interval?: Interval;
  placement?: CheckedPlacement;
};

/** A judgement on one subject, not yet recorded. */
export type Judged = {
  subject: Subject;
  action: Action;
  /** Of a resolved subject. */
  verdict?: Pick<Verdict, 'employerId' | 'rulesetVersion' | 'dataCutoff'> | undefined;
  /** Members of the answer as JSON text, without braces. */
  said: string;
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

/** What follows from a summary alone, as long as it is remembered: it is worked out once, for few days and purposes. */
const MOST_KEPT = 8;
type Plain = Omit<KnownFacts, 'facts'> &
  Pick<Question, 'purpose' | 'language'> & { judged: Omit<Judged, 'subject'> };

/**
 * Judges each subject, in order: who it is among all employers of the nation, what holds of it, what to do. An
 * employer's own client gets to know of itself only.
 */
export async function judgeSubjects(
  deps: Deps,
  { subjects, ...question }: Question,
  known: Known,
): Promise<Judged[]> {
  const { actor } = question;
  const visible = actor.kind === 'employer' ? actor : 'everywhere';
  const resolutions = await resolveSubjects(deps.database, known, subjects, visible);
  const all: Judged[] = [];
  const pause = pauses();
  const places = resolutions.keys();
  // Workers share one iterator: those whose summary cannot answer wait for the database beside one another.
  const worker = async () => {
    for (const place of places) {
      const subject = subjects[place]!;
      all[place] = { subject, ...(await judge(deps, question, resolutions[place]!)) };
      await pause();
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, subjects.length) }, worker));
  return all;
}

async function judge(
  deps: Deps,
  question: Omit<Question, 'subjects'>,
  resolution: Resolution,
): Promise<Omit<Judged, 'subject'>> {
  if (resolution.outcome !== 'resolved') return judged({ ...resolution, action: 'confirm_subject' });
  const { clocks, interval, placementId } = question;
  const { employerId, summary } = resolution.found;
  const asksMore = interval !== undefined || placementId !== undefined;
  if (summary && !asksMore && clocks.knownAt === undefined) {
    const known = await readFactsFrom(deps, summary, clocks);
    return known ? judgePlainly(question, known, summary) : judged(NOBODY);
  }
  const known = await readAllFacts(deps, employerId, clocks);
  if (!known) return judged(NOBODY);
  return judged(
    asksMore
      ? await judgeMore(deps, question, known)
      : judgeFacts(known, question.purpose, question.language),
  );
}

function judgePlainly(
  { purpose, language }: Omit<Question, 'subjects'>,
  known: KnownFacts,
  summary: KnownSummary,
) {
  const { law, asOf, knownAt, dataCutoff } = known;
  const kept = summary.conclusions as Plain[];
  const found = kept.find(
    (each) =>
      each.law === law &&
      each.asOf === asOf &&
      each.knownAt === knownAt &&
      each.dataCutoff === dataCutoff &&
      each.purpose === purpose &&
      each.language === language,
  );
  if (found) return found.judged;
  if (kept.length === MOST_KEPT) kept.length = 0;
  const fresh = judged(judgeFacts({ ...known }, purpose, language));
  kept.push({ law, asOf, knownAt, dataCutoff, purpose, language, judged: fresh });
  return fresh;
}

const NOBODY = { outcome: 'none', action: 'confirm_subject' } as const;

function judgeFacts(known: KnownFacts, purpose: Purpose, language: Language) {
  const verdict = verdictOf(known, known.law, language, purpose);
  const action = actionFor(known.law.checkPolicyOn(verdict.asOf), {
    purpose,
    status: verdict.status,
    inArrears: verdict.arrears.months > 0,
    flagsInForce: verdict.restrictions.flatMap(({ kind }) => (kind === 'tmp2t' ? [] : kind)),
    deniedServices: verdict.restrictions.flatMap(({ services = [] }) => services),
  });
  return { outcome: 'resolved' as const, action, verdict };
}

/** What is asked besides: an interval, a contract. */
async function judgeMore(
  deps: Deps,
  { actor, purpose, interval, placementId, language }: Omit<Question, 'subjects'>,
  known: KnownFacts,
): Promise<Judgement> {
  const plain = judgeFacts(known, purpose, language);
  const { action } = plain;
  const answer: Judgement = {
    ...plain,
    ...(placementId !== undefined &&
      (await judgePlacement(deps, known, { actor, placementId, purpose, action, language }))),
  };
  if (!interval) return answer;
  const steps = judgedInterval(known.facts, known.law, { ...interval, purpose });
  return { ...answer, interval: await inTurns(steps) };
}

function judged({
  outcome,
  action,
  verdict,
  candidates,
  interval,
  placement,
}: Judgement): Omit<Judged, 'subject'> {
  const said = JSON.stringify({ outcome, action, verdict, candidates, interval, placement }).slice(1, -1);
  if (!verdict) return { action, said };
  const { employerId, rulesetVersion, dataCutoff } = verdict;
  return { action, verdict: { employerId, rulesetVersion, dataCutoff }, said };
}
