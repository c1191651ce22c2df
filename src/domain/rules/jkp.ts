import { addMonths, type Day } from '#src/domain/civil.ts';
import { add, type Rupiah, share } from '#src/domain/money.ts';
import type { PeriodParameters, Programme, Scale } from '#src/domain/parameters.ts';
import type { Contributions } from './contributions.ts';

/** Where the money billed for JKK and JKM goes, in rupiah. */
export type Allocation = {
  /** Kept in the funds. */
  JKK: Rupiah;
  JKM: Rupiah;
  /** Moved from them to JKP. */
  JKP: Rupiah;
  /** Paid by the state on top. */
  stateJkp: Rupiah;
};

/** How the billed money is recomposed. */
export type Recomposition = {
  /** Wage that the parts are computed on. */
  base: Rupiah;
  fromJkk: Rupiah;
  fromJkm: Rupiah;
  state: Rupiah;
};

/** What decides whether a contribution is recomposed. */
export type JkpFacts = {
  /** Whether the worker is in JKP; who lacks one of {@link JKP_NEEDS} cannot be. */
  enrolled: boolean;
  /** Whether it was in arrears when PP 49/2023 was promulgated, and is not paid yet. */
  arrearsAtPromulgation?: boolean | undefined;
};

/** The programmes that JKP requires at every scale (PP 37/2021 art. 4). */
export const JKP_NEEDS: readonly Programme[] = ['JKK', 'JKM', 'JHT'];

/** Whether the month's contribution could be in arrears when PP 49/2023 was promulgated. */
export function fellDueBeforePromulgation({ jkp, dueOn }: PeriodParameters): boolean {
  return jkp !== undefined && dueOn < jkp.promulgatedOn.value;
}

/**
 * How much moves from JKK and JKM to JKP, and what the state adds (PP 37/2021 art. 11, PP 6/2025): parts of the wage up
 * to a ceiling, each rounded half up, never more than is billed. Undefined where nothing is recomposed: before JKP, for
 * who is not enrolled in it or lacks a programme that it requires, and for arrears of before 6 October 2023 (PP 44/2015 art. 16A(3)).
 */
export function recompositionOf(
  parameters: PeriodParameters,
  billed: Contributions,
  wage: Rupiah,
  { enrolled, arrearsAtPromulgation = false }: JkpFacts,
): Recomposition | undefined {
  const { jkp } = parameters;
  const admitted = enrolled && JKP_NEEDS.every((programme) => billed[programme]);
  if (!jkp || !admitted || (arrearsAtPromulgation && fellDueBeforePromulgation(parameters))) return undefined;
  const base = Math.min(wage, jkp.ceiling.value);
  const { JKK, JKM } = billed;
  return {
    base,
    fromJkk: Math.min(share(base, jkp.fromJkk.value), share(JKK?.employer ?? 0, jkp.mostOfJkk.value)),
    fromJkm: Math.min(share(base, jkp.fromJkm?.value ?? 0), JKM?.employer ?? 0),
    state: share(base, jkp.state.value),
  };
}

/** Where the billed money goes: what is not recomposed stays whole in the JKK and JKM funds. */
export function allocationOf(billed: Contributions, recomposition: Recomposition | undefined): Allocation {
  const { fromJkk, fromJkm, state } = recomposition ?? { fromJkk: 0, fromJkm: 0, state: 0 };
  return {
    JKK: (billed.JKK?.employer ?? 0) - fromJkk,
    JKM: (billed.JKM?.employer ?? 0) - fromJkm,
    JKP: add(fromJkk, fromJkm),
    stateJkp: state,
  };
}

/** What decides whether a worker can be enrolled in JKP. */
export type JkpCandidate = {
  /** ISO 3166-1 alpha-2. */
  citizenship: string;
  birthDate: Day;
  registeredOn: Day;
  scale: Scale;
  programmes: readonly Programme[];
};

/**
 * Whether a worker can be in JKP in the month of the parameters (PP 37/2021 art. 4): a citizen who had not reached the
 * entry age at registration, in the programmes that the employer's scale requires. The health insurance JKN, which the
 * article requires, too, is not known here.
 */
export function jkpEligible({ jkp }: PeriodParameters, candidate: JkpCandidate): boolean {
  if (!jkp) return false;
  const { citizenship, birthDate, registeredOn, scale, programmes } = candidate;
  const admitted = citizenship === 'ID' || !jkp.citizensOnly.value;
  const young = registeredOn < addMonths(birthDate, 12 * jkp.entryAge.value);
  return admitted && young && jkp.required[scale].value.every((programme) => programmes.includes(programme));
}
