import { addDays, addPeriods, type Day, onDay, type Period } from '#src/domain/civil.ts';
import { counted, periodText } from '#src/domain/language.ts';
import { contractKey } from '#src/domain/placements/terms.ts';
import { type CrossCheckMeaning, type Finding } from './cross-check.ts';

/** What a roster line must tell of where somebody works. */
export type ContractLine = { placementContract?: string | undefined };

/** What a placement in force promises. */
export type Promised = { placementId: string; contractNumber: string; workersContracted: number };

export type ShortfallFigures = {
  /** Of the whole roster; 0 where the month is not declared. */
  headcount: number;
  /** Over all placements in force. */
  contracted: number;
  /** With one of these contracts. */
  declared: number;
  /** By how many the whole roster falls short of what is promised. */
  missingInTotal: number;
  /** Those that fall short, in the order of their numbers. */
  contracts: (Promised & { declared: number })[];
};

export const PLACEMENT_SHORTFALL: CrossCheckMeaning = {
  title: {
    id: 'Perusahaan alih daya yang melaporkan lebih sedikit pekerja daripada yang dijanjikan',
    en: 'Vendors that declare fewer workers than they promise',
  },
  meaning: {
    id:
      'Kontrak yang berlaku pada hari terakhir bulan itu menjanjikan lebih banyak pekerja daripada yang dilaporkan ' +
      'dengan nomor kontraknya. Bulan yang belum dilaporkan dihitung nol sesudah jatuh tempo.',
    en:
      "Contracts in force on the month's last day promise more workers than are declared with their numbers. A month " +
      'that is not declared counts as none once it is due.',
  },
  thresholds: () => [],
};

/** Contracts that a finding names; the sentence counts them all. */
const MOST_CONTRACTS = 1000;

/** The day on which a placement must be in force to count for a month: its last one. */
export function dayOfContracts(period: Period): Day {
  return addDays(onDay(addPeriods(period, 1), 1), -1);
}

/**
 * What a vendor declares less than its placements promise, contract by contract.
 *
 * @param lines of the month's roster; undefined where none was declared although it is due
 */
export function placementShortfall(
  period: Period,
  promised: readonly Promised[],
  lines: readonly ContractLine[] | undefined,
): Finding<ShortfallFigures> | undefined {
  const placed = new Map<string, number>();
  for (const { placementContract } of lines ?? []) {
    if (placementContract === undefined) continue;
    const key = contractKey(placementContract);
    placed.set(key, (placed.get(key) ?? 0) + 1);
  }
  const contracts = promised
    .map((each) => ({ ...each, declared: placed.get(contractKey(each.contractNumber)) ?? 0 }))
    .sort((a, b) => (a.contractNumber < b.contractNumber ? -1 : 1));
  const short = contracts.filter(({ workersContracted, declared }) => declared < workersContracted);
  if (short.length === 0) return undefined;
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const headcount = lines?.length ?? 0;
  const contracted = sum(contracts.map(({ workersContracted }) => workersContracted));
  const declared = sum(contracts.map((each) => each.declared));
  const workers = sum(short.map((each) => each.workersContracted - each.declared));
  return {
    workers,
    figures: {
      headcount,
      contracted,
      declared,
      missingInTotal: Math.max(0, contracted - headcount),
      contracts: short.slice(0, MOST_CONTRACTS),
    },
    niks: [],
    reason: {
      id: `${contracts.length} kontrak yang berlaku menjanjikan ${contracted} pekerja; untuk ${periodText(period, 'id')} dilaporkan ${declared} pekerja dengan kontrak itu dan ${headcount} seluruhnya. Kurang ${workers} pekerja pada ${short.length} kontrak.`,
      en: `${counted(contracts.length, 'contract')} in force ${contracts.length === 1 ? 'promises' : 'promise'} ${counted(contracted, 'worker')}; for ${periodText(period, 'en')} ${declared} ${declared === 1 ? 'is' : 'are'} declared with ${contracts.length === 1 ? 'it' : 'them'} and ${headcount} in all. ${counted(workers, 'worker')} ${workers === 1 ? 'is' : 'are'} missing on ${counted(short.length, 'contract')}.`,
    },
  };
}
