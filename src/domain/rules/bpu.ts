import type { Cited } from '#src/domain/cited.ts';
import { type Ppm, type Rupiah, share } from '#src/domain/money.ts';
import type { BpuSector, IncomeBand, PeriodParameters } from '#src/domain/parameters.ts';
import type { Contributions } from './contributions.ts';
import { billedRate } from './relief.ts';

/** Programmes open to the informal segment (BPU, *bukan penerima upah*). */
export const BPU_PROGRAMMES = ['JKK', 'JKM', 'JHT'] as const;
export type BpuProgramme = (typeof BPU_PROGRAMMES)[number];

/** An informal worker whose contributions for a month are asked for. */
export type InformalWorker = {
  /** Income of the month, in rupiah. */
  income: Rupiah;
  programmes: readonly BpuProgramme[];
  sector: BpuSector;
  /** Paid by the state's or a region's budget (APBN, APBD). */
  governmentPaid?: boolean | undefined;
};

/** The band that an income lies in: from its `from` up to the next band's (PP 44/2015, annex II). */
export function bandOf(bands: readonly IncomeBand[], income: Rupiah): IncomeBand {
  return bands.findLast(({ from }) => from <= income)!;
}

/**
 * The part of JKK and JKM that is paid where the law cuts them: for everybody under PP 49/2020, by sector under PP
 * 50/2025 art. 4(1), which leaves out those whom a budget pays for. The months of the two do not meet.
 */
export function bpuPartPaid(
  { partPaid, bpu }: PeriodParameters,
  programme: BpuProgramme,
  { sector, governmentPaid }: Pick<InformalWorker, 'sector' | 'governmentPaid'>,
): Cited<Ppm> | undefined {
  if (programme === 'JHT') return undefined;
  return partPaid[programme] ?? (governmentPaid ? undefined : bpu.partPaid[sector]);
}

/**
 * What an informal worker pays for the month, all of it as `worker`: JKK and JHT as rates of the band's nominal income,
 * JKM as a flat amount, cut where PP 49/2020 or PP 50/2025 cut them, each rounded half up.
 */
export function assessInformalWorker(parameters: PeriodParameters, worker: InformalWorker): Contributions {
  const { bands, jkk, jkm, jht } = parameters.bpu;
  const base = bandOf(bands.value, worker.income).nominal;
  const part = (programme: BpuProgramme) => bpuPartPaid(parameters, programme, worker);
  const amounts: Record<BpuProgramme, Rupiah> = {
    JKK: share(base, billedRate(jkk.value, part('JKK'))),
    JKM: share(jkm.value, part('JKM')?.value ?? 1_000_000),
    JHT: share(base, jht.value),
  };
  const result: Contributions = {};
  for (const programme of BPU_PROGRAMMES) {
    if (worker.programmes.includes(programme))
      result[programme] = { employer: 0, worker: amounts[programme], base };
  }
  return result;
}
