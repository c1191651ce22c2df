import type { Calendar, DueRule } from '#src/domain/rules/due-day.ts';
import type { CheckPolicy, Purpose } from './check-policy.ts';
import type { Cited } from './cited.ts';
import type { Day, Period } from './civil.ts';
import type { InspectionWeights } from './inspections/weights.ts';
import type { Language } from './language.ts';
import type { Ppm, Rupiah } from './money.ts';
import type { PlacementPolicy } from './placements/placement-policy.ts';
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

/** Industries of PP 7/2025 art. 3(4), as the registry names them. */
export const LABOUR_INTENSIVE_INDUSTRIES = [
  'food_drink_tobacco',
  'textile_apparel',
  'leather',
  'footwear',
  'toys',
  'furniture',
] as const;
export type LabourIntensiveIndustry = (typeof LABOUR_INTENSIVE_INDUSTRIES)[number];

/** Name of the parameter that a month without a published JP ceiling lacks. */
export const JP_CEILING = 'pp-45-2015/jp/ceiling';

/** Name of the parameter that a month without rules for construction projects lacks. */
export const CONSTRUCTION_BANDS = 'permenaker-5-2021/construction/jkk-by-value';

/** What decides money, a due day or a verdict where the law leaves it open, with the choices that are implemented. */
export const POLICY_CHOICES = {
  'payment-order': ['stated_month_then_oldest'],
  rounding: ['half_up_per_worker_programme_and_payer'],
  'part-month': ['counts_as_a_month'],
  'late-charge-on': ['outstanding_at_start_of_month'],
  'late-charge-cap': ['none'],
  'undeclared-month': ['presumed_from_last_roster'],
  'class-without-decision': ['indicative_class_else_i'],
  'class-from': ['month_of_decision'],
  'mid-month-law': ['whole_month'],
  'retirement-within-month': ['by_first_day'],
  'working-week': ['monday_to_friday'],
  'unconfirmed-class-warning': ['from_class_iii'],
  'partial-payment-split': ['in_proportion_to_bill'],
  'labour-intensive-arrears': ['tracked_months_by_due_day'],
  'payment-plan': ['kept_while_every_instalment_is_met'],
  dispute: ['suspends_while_open_if_granted'],
  interval: ['suspended_breach_holds'],
} as const;
export type PolicyName = keyof typeof POLICY_CHOICES;
export const POLICIES = Object.keys(POLICY_CHOICES) as PolicyName[];

/** Numbers that Patuh decides where the law is silent, by their parameter in `policy/`, with the unit of each. */
export const QUANTITIES = {
  'evidence-term': 'months',
  'sanction-lookback': 'months',
  'fine-payment-term': 'working_days',
  'tmp2t-decision-term': 'working_days',
  'tmp2t-lift-term': 'working_days',
  'access-delay-limit': 'days',
  'inspector-rotation': 'months',
  'inspection-term': 'days',
  'headcount-drop': 'percent',
  'headcount-drop-window': 'months',
  'minimum-wage-cluster': 'percent',
  'minimum-wage-cluster-workers': 'workers',
} as const;
export type QuantityName = keyof typeof QUANTITIES;

/** What the employer and the worker each pay. */
export type PayerRates = { employer: Cited<Ppm>; worker: Cited<Ppm> };

/** When a contribution falls due. */
export type DueOn = {
  /** Last day on which the month can be paid without being late. */
  dueOn: Day;
  /** Whether the due day rests on a year whose holiday decree is not entered. */
  calendarProvisional: boolean;
  /** What the due day follows from. */
  dueRule: Cited<DueRule>;
};

/** Incomes from `from` up to the next band's are taken as `nominal` (PP 44/2015, annex II). */
export type IncomeBand = { from: Rupiah; nominal: Rupiah };

/** The rate of the part of a contract value that lies between `from` and the next band's. */
export type RateBand = { from: Rupiah; rate: Ppm };

/** The highest value at which an enterprise is still micro, small or medium. */
export type UpperLimits = Record<'micro' | 'small' | 'medium', Rupiah>;

/** Limits by capital (before 2021 net assets), without land and building, and by annual sales. */
export type ScaleLimits = { assets: UpperLimits; sales: UpperLimits };

/** What the informal segment (BPU, *bukan penerima upah*) works in, as far as the law tells apart. */
export const BPU_SECTORS = ['transport', 'other'] as const;
export type BpuSector = (typeof BPU_SECTORS)[number];

/** The informal segment in one contribution month. */
export type BpuParameters = DueOn & {
  bands: Cited<readonly IncomeBand[]>;
  jkk: Cited<Ppm>;
  /** A flat amount. */
  jkm: Cited<Rupiah>;
  jht: Cited<Ppm>;
  /** Part of JKK and JKM that is paid under PP 50/2025, in the months in which it holds. */
  partPaid: Record<BpuSector, Cited<Ppm> | undefined>;
};

/** Construction projects (*jasa konstruksi*) in one contribution month. */
export type ConstructionParameters = DueOn &
  Record<'JKK' | 'JKM', { byValue: Cited<readonly RateBand[]>; byWages: Cited<Ppm> }>;

/** Insurance against the loss of a job (JKP), paid out of what is billed for JKK and JKM, and by the state. */
export type JkpParameters = {
  fromJkk: Cited<Ppm>;
  /** Absent once nothing is taken out of JKM any more. */
  fromJkm: Cited<Ppm> | undefined;
  state: Cited<Ppm>;
  /** Highest wage that these rates apply to. */
  ceiling: Cited<Rupiah>;
  /** Part of the billed JKK that moves at most. */
  mostOfJkk: Cited<Ppm>;
  /** Arrears of before this day are not recomposed. */
  promulgatedOn: Cited<Day>;
  /** Age that a worker must not have reached at registration, in years. */
  entryAge: Cited<number>;
  citizensOnly: Cited<boolean>;
  /** Programmes that each scale must have enrolled the worker in. */
  required: Record<Scale, Cited<readonly Programme[]>>;
};

/** JKK of labour-intensive industry (PP 7/2025, PP 36/2025). */
export type LabourIntensiveRelief = {
  rates: Record<JkkClass, Cited<Ppm>>;
  fewestWorkers: Cited<number>;
  industries: Cited<readonly LabourIntensiveIndustry[]>;
  /** Last contribution month that must be paid before. */
  paidThrough: Cited<Period>;
};

/** Part of JP that is paid each month, and the days between which the rest is settled (PP 49/2020 art. 17(2)). */
export type JpDeferral = { partPaid: Cited<Ppm>; settledFrom: Cited<Day>; settledUntil: Cited<Day> };

/** Sanctions under PP 86/2013. */
export type SanctionTerms = {
  /** Most written warnings. */
  warnings: Cited<number>;
  /** Longest term of each, in working days. */
  warningTerm: Cited<number>;
  /** Days after the second warning within which the fine is imposed. */
  fineTerm: Cited<number>;
  /** Administrative fine per month, of the contribution due: never the charge for late payment. */
  fine: Cited<Ppm>;
};

/** Terms for telling BPJS. */
export type ReportingTerms = {
  /** Working days for a change of data. */
  change: Cited<number>;
  /** Days for a new worker in JKK, JKM and JHT, and in JP. */
  newWorker: Cited<number>;
  newWorkerInJp: Cited<number>;
};

/** The law behind a reason of a verdict, as the verdict cites it, and the reason's short names. */
export type ReasonBasis = { article: string; title: Record<Language, string> };

/** The parameters of one contribution month, for wage earners unless it says otherwise. */
export type PeriodParameters = DueOn & {
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
  /** Part of a programme's normal contribution that is paid: under PP 49/2020, in its months, for JKK and JKM. */
  partPaid: { [P in Programme]?: Cited<Ppm> | undefined };
  /** On application. */
  jpDeferral: JpDeferral | undefined;
  /** On application. */
  labourIntensive: LabourIntensiveRelief | undefined;
  jkp: JkpParameters | undefined;
  bpu: BpuParameters;
  /** Absent for months of which nothing is known. */
  construction: ConstructionParameters | undefined;
  /** Days that a daily wage counts for in a month; JP has no such rule. */
  dailyWageDays: Record<'JKK' | 'JKM' | 'JHT', Cited<number>>;
  /** Months that a wage by the piece, and one that depends on the weather, is averaged over. */
  averagedMonths: { pieceRate: Cited<number>; weather: Cited<number> };
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
  /** First contribution month after `period` from which wage earners can cost otherwise, if any is known. */
  nextChangeAfter(period: Period): Period | undefined;
  calendar: Calendar;
  reasons: Record<ReasonCode, ReasonBasis>;
  /** What the policies of Patuh are called, by how they are cited. */
  policyTitles: ReadonlyMap<string, Record<Language, string>>;
  /** The policy on the action of a check on the day. */
  checkPolicyOn(day: Day): CheckPolicy;
  /** The policy on what a check finds of a placement on the day. */
  placementPolicyOn(day: Day): PlacementPolicy;
  /** Overdue contributions up to this amount are no breach on the day, for a check's purpose or in general. */
  arrearsTolerance(day: Day, purpose?: Purpose): Cited<Rupiah>;
  /** The days on which the tolerance changes. */
  toleranceChanges: readonly Day[];
  /** Days that an invitation to regularise stays open. */
  regularisationTerm(day: Day): Cited<number>;
  sanctionTerms(day: Day): SanctionTerms;
  reportingTerms(day: Day): ReportingTerms;
  scaleLimits(day: Day): Cited<ScaleLimits>;
  /** Whether nobody may be paid less than the minimum wage, and which scales are exempt. */
  minimumWage(day: Day): { binds: Cited<boolean>; exempt: Cited<readonly Scale[]> };
  /** What Patuh does on the day where the law leaves it open: one of {@link POLICY_CHOICES}. */
  policy(name: PolicyName, day: Day): Cited<string>;
  /** A number that Patuh decides, in the unit of {@link QUANTITIES}; percentages in parts per million. */
  quantity(name: QuantityName, day: Day): Cited<number>;
  /** How the queue of inspections is ranked on the day. */
  inspectionWeights(day: Day): Cited<InspectionWeights>;
  /** The days on which these weights change. */
  inspectionWeightChanges: readonly Day[];
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
