import { addPeriods, onDay } from '#src/domain/civil.ts';
import type { Declaration, Facts, Payment } from '#src/domain/facts.ts';
import { rosterAssessment } from '#src/domain/rules/contributions.ts';
import { billOf, rosterSums } from '#src/domain/rules/roster.ts';
import { condense } from '#src/domain/verdict/standing.ts';
import { verdictOf } from '#src/domain/verdict/verdict-document.ts';
import { loadLaw } from '#src/law/index.ts';

const law = loadLaw();
const PERIOD = '2026-06';
const AS_OF = '2026-11-20';
const ALL_PROGRAMMES = 15;
const MONTHS = 24;

/** Seconds of the fastest of some rounds, floor and value by turns, so that both meet the same noise. */
function fastest(
  rounds: number,
  floor: () => unknown,
  value: () => unknown,
): { floor: number; value: number } {
  const best = { floor: Number.POSITIVE_INFINITY, value: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round += 1) {
    best.floor = Math.min(best.floor, secondsOf(floor));
    best.value = Math.min(best.value, secondsOf(value));
  }
  return best;
}

function secondsOf(work: () => unknown): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Worker-months per second of a full line for wage earners, beside the six products and roundings written out. */
export function benchAssessment(lines: number, rounds: number): { floor: number; value: number } {
  const wages = Int32Array.from({ length: lines }, (_, index) => 2_000_000 + ((index * 7_919) % 18_000_000));
  const sums = rosterAssessment();
  const parameters = law.at(PERIOD);
  const ceiling = parameters.jpCeiling!.value;
  const assess = () => {
    sums.start(parameters, 'III');
    for (let index = 0; index < lines; index += 1) sums.add(wages[index]!, ALL_PROGRAMMES);
    const { JKK, JKM, JHT, JP } = sums.result();
    return [JKK!.employer, JKM!.employer, JHT!.employer, JHT!.worker, JP!.employer, JP!.worker];
  };
  const bare = () => {
    let [jkk, jkm, jht, jhtWorker, jp, jpWorker] = [0, 0, 0, 0, 0, 0];
    for (let index = 0; index < lines; index += 1) {
      const wage = wages[index]!;
      const base = wage < ceiling ? wage : ceiling;
      jkk += Math.floor((wage * 8_900 + 500_000) / 1_000_000);
      jkm += Math.floor((wage * 3_000 + 500_000) / 1_000_000);
      jht += Math.floor((wage * 37_000 + 500_000) / 1_000_000);
      jhtWorker += Math.floor((wage * 20_000 + 500_000) / 1_000_000);
      jp += Math.floor((base * 20_000 + 500_000) / 1_000_000);
      jpWorker += Math.floor((base * 10_000 + 500_000) / 1_000_000);
    }
    return [jkk, jkm, jht, jhtWorker, jp, jpWorker];
  };
  if (String(assess()) !== String(bare())) throw new Error('the bare loop computes something else');
  const best = fastest(rounds, bare, assess);
  return { floor: lines / best.floor, value: lines / best.value };
}

/** Microseconds of a verdict on an employer's facts, beside `JSON.stringify` of its own answer. */
export function benchVerdict(
  rounds: number,
): { what: string; bytes: number; floor: number; value: number }[] {
  const kinds: [what: string, facts: Facts][] = [
    ['24 months, none paid', factsWith(0)],
    ['24 months, half of them paid', factsWith(MONTHS / 2)],
    ['24 months, the last not paid', factsWith(MONTHS - 1)],
    ['24 months, all paid', factsWith(MONTHS)],
    ['24 months, all paid, as checks read them', condense(factsWith(MONTHS), law, AS_OF)],
  ];
  const at = '2026-11-19T05:00:00.000Z';
  return kinds.map(([what, facts]) => {
    const known = { facts, asOf: AS_OF, knownAt: at, dataCutoff: at };
    const answer = verdictOf(known, law, 'id');
    const repeats = 10_000;
    const often = (work: () => unknown) => () => {
      for (let index = 0; index < repeats; index += 1) work();
    };
    const best = fastest(
      rounds,
      often(() => JSON.stringify(answer)),
      often(() => verdictOf(known, law, 'id')),
    );
    const micros = (seconds: number) => (seconds / repeats) * 1e6;
    const bytes = JSON.stringify(answer).length;
    return { what, bytes, floor: micros(best.floor), value: micros(best.value) };
  });
}

/** An employer that declared five workers for each of 24 months, and paid the first of them in time. */
function factsWith(paid: number): Facts {
  const first = addPeriods(AS_OF.slice(0, 7), -MONTHS);
  const declarations: Declaration[] = [];
  const payments: Payment[] = [];
  for (let index = 0; index < MONTHS; index += 1) {
    const period = addPeriods(first, index);
    const recordedAt = `${onDay(addPeriods(period, 1), 5)}T05:00:00.000Z`;
    const lines = [4, 5, 6, 7, 12].map((millions) => ({
      wage: millions * 1_000_000,
      programmes: ALL_PROGRAMMES,
      birthDate: '1990-01-01',
      citizenship: 'ID',
    }));
    const declaration = { id: id(1, index), period, recordedAt, ...rosterSums(law, period, lines) };
    declarations.push(declaration);
    if (index >= paid) continue;
    const amount = billOf(declaration.assessments[0]!, 'III');
    const paidOn = onDay(addPeriods(period, 1), 10);
    payments.push({ id: id(2, index), amount, paidOn, recordedAt, period, penalty: false });
  }
  return {
    employerId: id(0, 0),
    employer: {
      legalName: 'PT Ukur',
      kind: 'private',
      scale: 'medium',
      sector: 'general',
      regionCode: '34.01',
      registeredOn: '2020-01-06',
    },
    enteredOn: onDay(first, 1),
    classes: [{ from: '', jkkClass: 'III', origin: 'bpjs_decision' }],
    trackedFrom: first,
    declarations,
    payments,
    flags: [],
    suspensions: [],
    evidence: [],
    sanctions: [],
    inspections: [],
    minimumWages: [],
  };
}

function id(kind: number, index: number): string {
  return `019a0000-0000-7000-800${kind}-${String(index).padStart(12, '0')}`;
}
