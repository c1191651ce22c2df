import { addPeriods, type Day, latest, type Period, periodOf } from '#src/domain/civil.ts';
import { dayText, periodText } from '#src/domain/language.ts';
import type { Ppm } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import { type CrossCheckMeaning, dayOfRules, type Finding, quantities } from './cross-check.ts';

/** How many workers the effective roster of a month has, and when the month was first declared. */
export type DeclaredHeadcount = { period: Period; headcount: number; declaredOn: Day };

/** What tells of a tender: a check for one of its steps, or a contract that came of it and starts. */
export const TENDER_SIGNS = ['tender_opening', 'tender_award', 'placement'] as const;
export type Tender = { sign: (typeof TENDER_SIGNS)[number]; on: Day };

export type DropFigures = {
  /** Of the last month declared before the tender. */
  headcount: number;
  /** The month with the highest headcount before it. */
  peak: { period: Period; headcount: number };
  tender: Tender;
};

/** The finding, and the last month declared before the tender. */
export type Drop = Finding<DropFigures> & { period: Period };

/** Months of the tenders that are looked at together: a roster stands behind those of its own month and of two more. */
export const TENDER_MONTHS = 3;

export const HEADCOUNT_DROP: CrossCheckMeaning = {
  title: {
    id: 'Jumlah pekerja yang turun tajam sebelum tender',
    en: 'Headcount that falls sharply before a tender',
  },
  meaning: {
    id:
      'Jumlah pekerja dalam bulan terakhir yang dilaporkan sebelum tender dibandingkan dengan yang tertinggi dalam ' +
      'bulan-bulan sebelumnya. Tender dikenali dari pemeriksaan untuk pembukaan atau penetapan tender dan dari mulainya ' +
      'kontrak alih daya hasil pengadaan; dilihat tender dalam bulan yang diminta dan dua bulan sesudahnya.',
    en:
      'The headcount of the last month declared before a tender is held against the highest of the months before it. ' +
      'Tenders show by checks for their opening or award, and by the start of placements that came of a procurement; ' +
      'those of the month asked for and of the two months after it are looked at.',
  },
  thresholds: quantities('headcount-drop', 'headcount-drop-window'),
};

/** By which part the headcount must fall, from the highest of how many months. */
export type DropThreshold = { fall: Ppm; months: number };

export function dropThreshold(law: Law, period: Period): DropThreshold {
  const day = dayOfRules(period);
  return {
    fall: law.quantity('headcount-drop', day).value,
    months: law.quantity('headcount-drop-window', day).value,
  };
}

/** The sharpest fall of headcount before any of the tenders; of equal ones the one before the latest tender. */
export function headcountDrop(
  headcounts: readonly DeclaredHeadcount[],
  tenders: readonly Tender[],
  threshold: DropThreshold,
): Drop | undefined {
  let sharpest: Drop | undefined;
  for (const tender of [...tenders].sort((a, b) => (a.on < b.on ? 1 : -1))) {
    const drop = dropBefore(tender, headcounts, threshold);
    if (drop && (!sharpest || isSharper(drop.figures, sharpest.figures))) sharpest = drop;
  }
  return sharpest;
}

function isSharper(a: DropFigures, b: DropFigures): boolean {
  return a.headcount * b.peak.headcount < b.headcount * a.peak.headcount;
}

function dropBefore(
  tender: Tender,
  headcounts: readonly DeclaredHeadcount[],
  { fall, months }: DropThreshold,
): Drop | undefined {
  const month = periodOf(tender.on);
  const period = headcounts
    .filter((each) => each.period < month || (each.period === month && each.declaredOn <= tender.on))
    .reduce((newest, each) => latest(newest, each.period), '');
  const last = headcounts.find((each) => each.period === period);
  if (!last) return undefined;
  const { headcount } = last;
  const peak = headcounts
    .filter((each) => each.period < period && each.period >= addPeriods(period, -months))
    .reduce<DeclaredHeadcount | undefined>(
      (highest, each) => (!highest || each.headcount > highest.headcount ? each : highest),
      undefined,
    );
  const fallen = (peak?.headcount ?? 0) - headcount;
  if (!peak || fallen <= 0 || fallen * 1_000_000 < peak.headcount * fall) return undefined;
  const from = { id: periodText(peak.period, 'id'), en: periodText(peak.period, 'en') };
  return {
    period,
    workers: fallen,
    figures: { headcount, peak: { period: peak.period, headcount: peak.headcount }, tender },
    niks: [],
    reason: {
      id: `Jumlah pekerja turun dari ${peak.headcount} pada ${from.id} menjadi ${headcount} pada ${periodText(period, 'id')}, bulan terakhir yang dilaporkan sebelum tender ${dayText(tender.on, 'id')}.`,
      en: `The headcount fell from ${peak.headcount} in ${from.en} to ${headcount} in ${periodText(period, 'en')}, the last month declared before the tender of ${dayText(tender.on, 'en')}.`,
    },
  };
}
