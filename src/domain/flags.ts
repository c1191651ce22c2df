import { addDays, type Day, dayOf, type Instant, latest } from './civil.ts';

export const FLAG_KINDS = ['procurement_block', 'licence_hold', 'watch', 'referral', 'review'] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];

export const FLAG_STATES = [
  'proposed',
  'rejected',
  'scheduled',
  'in_force',
  'suspended',
  'lapsed',
  'lifted',
] as const;
export type FlagState = (typeof FLAG_STATES)[number];

export const FLAG_EVENTS = ['approval', 'rejection', 'objection', 'objection_decision', 'lift'] as const;

/** A fact about a flag after its proposal. */
export type FlagEvent = {
  id: string;
  kind: (typeof FLAG_EVENTS)[number];
  recordedAt: Instant;
  /** The person or system that acted (claim `sub`) and its agency. */
  by: string;
  agency: string;
  reason?: string;
  /** Of an objection: whether it suspends the flag until it is decided. */
  suspensive?: boolean;
  /** Of a decision: the objection it decides, and whether the objection was right. */
  objectionId?: string;
  upheld?: boolean;
};

/** What an agency proposed against an employer, with all that happened to it. */
export type Flag = {
  id: string;
  kind: FlagKind;
  agency: string;
  proposedBy: string;
  recordedAt: Instant;
  startsOn: Day;
  endsOn?: Day;
  events: readonly FlagEvent[];
};

/**
 * The state of a flag on a day; an event counts from the day on which it was recorded. An objection that was right
 * ends the flag as a lift does, whether it had been approved or not.
 */
export function flagState(flag: Flag, asOf: Day): FlagState {
  const events = flag.events.filter((event) => dayOf(new Date(event.recordedAt)) <= asOf);
  const has = (kind: FlagEvent['kind']) => events.some((event) => event.kind === kind);
  if (has('rejection')) return 'rejected';
  if (has('lift') || events.some((event) => event.upheld)) return 'lifted';
  if (flag.endsOn !== undefined && flag.endsOn < asOf) return 'lapsed';
  if (!has('approval')) return 'proposed';
  if (asOf < flag.startsOn) return 'scheduled';
  return openObjections(events).some((objection) => objection.suspensive) ? 'suspended' : 'in_force';
}

/** Objections that nobody has decided. */
export function openObjections(events: readonly FlagEvent[]): FlagEvent[] {
  const decided = new Set(events.map((event) => event.objectionId));
  return events.filter((event) => event.kind === 'objection' && !decided.has(event.id));
}

/** First day on which the flag is in force: its own start, or the day of approval where that came later. */
export function inForceSince(flag: Flag): Day {
  const approval = flag.events.find((event) => event.kind === 'approval');
  return approval ? latest(flag.startsOn, dayOf(new Date(approval.recordedAt))) : flag.startsOn;
}

/** Days after `asOf` on which the passing of time alone changes the flag's state. */
export function flagChangeDays(flag: Flag, asOf: Day): Day[] {
  const days = [flag.startsOn, ...(flag.endsOn ? [addDays(flag.endsOn, 1)] : [])];
  return days.filter((day) => day > asOf);
}

/** Acts of the people who decide about a flag. */
export type FlagAct = {
  kind: FlagEvent['kind'];
  sub: string;
  agency: string;
  /** Whether the actor speaks for the flagged employer. */
  isEmployer: boolean;
  objectionId?: string;
};

export type FlagRefusal =
  | 'flag_of_other_agency'
  | 'flag_needs_second_person'
  | 'flag_not_open'
  | 'objection_not_open'
  | 'flag_acts_need_agency';

/**
 * Whether an act is possible on a day, else why not. Approvals, rejections, lifts and decisions belong to the agency
 * that proposed the flag; who approves it or decides an objection to it must not be who proposed it.
 */
export function refusalOf(flag: Flag, act: FlagAct, today: Day): FlagRefusal | undefined {
  const state = flagState(flag, today);
  const live = state === 'scheduled' || state === 'in_force' || state === 'suspended';
  if (act.kind === 'objection') return live || state === 'proposed' ? undefined : 'flag_not_open';
  if (act.isEmployer) return 'flag_acts_need_agency';
  if (act.agency !== flag.agency) return 'flag_of_other_agency';
  switch (act.kind) {
    case 'approval':
      if (state !== 'proposed') return 'flag_not_open';
      return act.sub === flag.proposedBy ? 'flag_needs_second_person' : undefined;
    case 'rejection':
      return state === 'proposed' ? undefined : 'flag_not_open';
    case 'lift':
      return live ? undefined : 'flag_not_open';
    case 'objection_decision': {
      if (!live && state !== 'proposed') return 'flag_not_open';
      const open = openObjections(flag.events).some((objection) => objection.id === act.objectionId);
      if (!open) return 'objection_not_open';
      return act.sub === flag.proposedBy ? 'flag_needs_second_person' : undefined;
    }
  }
}
