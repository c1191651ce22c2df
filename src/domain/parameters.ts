import type { CheckPolicy, Purpose } from './check-policy.ts';
import type { Day, Period } from './civil.ts';
import type { Calendar } from './due-day.ts';
import type { Language } from './language.ts';
import type { Ppm, Rupiah } from './money.ts';
import type { ReasonCode } from './reason-codes.ts';

/** Programmes of BPJS Ketenagakerjaan that a bill for wage earners (PU, *penerima upah*) consists of. */
export const PROGRAMMES = ['JKK', 'JKM', 'JHT', 'JP'] as const;
/** JKK work accident, JKM death, JHT old age, JP pension. */
export type Programme = (typeof PROGRAMMES)[number];

/** Work accident risk classes of PP 44/2015 art. 16(1), very low to very high. */
export const JKK_CLASSES = ['I', 'II', 'III', 'IV', 'V'] as const;
export type JkkClass = (typeof JKK_CLASSES)[number];

/** Size of an enterprise, PP 7/2021 arts. 35-36. */
export const SCALES = ['micro', 'small', 'medium', 'large'] as const;
export type Scale = (typeof SCALES)[number];

export const SECTORS = ['general', 'construction'] as const;
export type Sector = (typeof SECTORS)[number];

/** Name of the parameter that a month without a published JP ceiling lacks. */
export const JP_CEILING = 'pp-45-2015/jp/ceiling';

/** A value of law together with where it stands. */
export type Cited<T> = { value: T; parameter: string; article: string };

/** What the employer and the worker each pay. */
export type PayerRates = { employer: Cited<Ppm>; worker: Cited<Ppm> };

/** The law behind a reason of a verdict, as the verdict cites it, and the reason's short names. */
export type ReasonBasis = { article: string; title: Record<Language, string> };

/** The parameters of one contribution month for wage earners. */
export type PeriodParameters = {
  period: Period;
  jkk: Record<JkkClass, Cited<Ppm>>;
  jkm: Cited<Ppm>;
  jht: PayerRates;
  jp: PayerRates;
  /** Upper limit of the wage that JP is computed on; absent where it is not published yet. */
  jpCeiling: Cited<Rupiah> | undefined;
  /** Programmes that each scale must join. */
  obligatory: Record<Scale, Cited<readonly Programme[]>>;
  /** Programmes for daily, piece-rate and seasonal workers in construction, whatever the scale. */
  obligatoryConstructionDaily: Cited<readonly Programme[]>;
  /** Last day on which the month can be paid without being late. */
  dueOn: Day;
  /** Whether the due day rests on a year whose holiday decree is not entered. */
  calendarProvisional: boolean;
  /** Charge per month late, of the contribution outstanding at the start of that month. */
  lateCharge: Cited<Ppm>;
  /** Whether government employers pay the late charge. */
  governmentCharged: Cited<boolean>;
  /** Class that a KBLI division (two digits) suggests; a division without a default is absent. */
  indicativeClass: Cited<ReadonlyMap<string, JkkClass>>;
  /** Retirement age of JP in force in the month, in years. */
  jpRetirementAge: Cited<number>;
  /** Who was born on or before this day has reached the retirement age, be it one that was lower at that time. */
  jpRetiredIfBornBy: Day;
  /** Whether workers who are not Indonesian citizens must join JP. */
  jpForeignersObliged: Cited<boolean>;
  /** The day of the month that the due day starts from, before it moves to a working day. */
  dueRule: Cited<string>;
};

/**
 * The law as the domain reads it. `at` throws {@link ParameterNotPublished} never: an unpublished value is absent
 * in what it returns, and what needs it refuses. For a month before `firstPeriod` it throws
 * {@link PeriodNotCovered}. `version` is a hash over all values.
 */
export type Law = {
  version: string;
  /** First contribution month that these parameters cover: July 2015. */
  firstPeriod: Period;
  at(period: Period): PeriodParameters;
  /** First contribution month after `period` whose parameters differ from the month before it, if any is known. */
  nextChangeAfter(period: Period): Period | undefined;
  calendar: Calendar;
  reasons: Record<ReasonCode, ReasonBasis>;
  /** The policy on the action of a check on the day. */
  checkPolicyOn(day: Day): CheckPolicy;
  /** Overdue contributions up to this amount are no breach on the day, for a check's purpose or in general. */
  arrearsTolerance(day: Day, purpose?: Purpose): Cited<Rupiah>;
  /** The days on which the tolerance changes. */
  toleranceChanges: readonly Day[];
};

/** A computation needs a value of law that is not published for that month. */
export class ParameterNotPublished extends Error {
  readonly code = 'parameter_not_published';
  readonly parameter: string;
  readonly period: Period;
  constructor(parameter: string, period: Period) {
    super(`${parameter} is not published for ${period}`);
    this.parameter = parameter;
    this.period = period;
  }
}

/** The parameters do not reach back to this contribution month. */
export class PeriodNotCovered extends Error {
  readonly code = 'period_not_covered';
  readonly period: Period;
  readonly firstPeriod: Period;
  constructor(period: Period, firstPeriod: Period) {
    super(`no law is entered for ${period}: it begins with ${firstPeriod}`);
    this.period = period;
    this.firstPeriod = firstPeriod;
  }
}
