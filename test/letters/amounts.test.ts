import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseFileView } from '#src/domain/case-file/case-file-view.ts';
import { compileCaseFile } from '#src/domain/case-file/compile-case-file.ts';
import { addDays } from '#src/domain/civil.ts';
import type { History } from '#src/domain/facts.ts';
import { dayText, periodText, rupiahText } from '#src/domain/language.ts';
import { isOverdue, ledgerOf, openCharge } from '#src/domain/ledger/ledger.ts';
import type { LetterFacts } from '#src/domain/letters/letter-view.ts';
import { regularisationLetter } from '#src/domain/letters/regularisation-letter.ts';
import { fineLetter, liftLetter, warningLetter } from '#src/domain/letters/sanction-letters.ts';
import { fineOf } from '#src/domain/sanctions/fine.ts';
import { SANCTIONABLE, type Sanction, type SanctionStepKind } from '#src/domain/sanctions.ts';
import { refutations } from '#src/domain/verdict/suspended.ts';
import { judge } from '#src/domain/verdict/verdict.ts';
import { openLetters } from '#src/letters/index.ts';
import { history, law, TODAY } from '#test/domain/histories.ts';
import { KNOWN_AT, letterFactsOf, SENDER } from './views.ts';

const RUNS = { numRuns: 100 };
const letters = openLetters();
const someDay = fc.integer({ min: -200, max: 0 }).map((days) => addDays(TODAY, days));

/** A procedure whose steps were all taken on the day; what its clocks say of that is not the letters' business. */
function procedure(known: LetterFacts, steps: readonly SanctionStepKind[]): Sanction {
  const { facts, asOf: on } = known;
  const { total, months } = fineOf(SANCTIONABLE, facts, law, on);
  return {
    id: 'procedure',
    agency: 'bpjs',
    codes: SANCTIONABLE,
    openedOn: on,
    recordedAt: KNOWN_AT,
    steps: steps.map((step) => ({
      id: step,
      step,
      on,
      recordedAt: KNOWN_AT,
      agency: 'bpjs',
      ...(step.startsWith('tmp2t') && { services: ['business_licence'], requestId: 'tmp2t_request' }),
      ...(step === 'administrative_fine' && { amount: total, fineMonths: months }),
    })),
  };
}

/** Every page that can be printed of a history on a day. */
function pagesOf(past: History, day: string): [name: string, page: string][] {
  const known = letterFactsOf(past, day);
  const invitation = {
    kind: 'regularisation',
    id: 'i',
    invitedOn: day,
    deadline: day,
    recordedAt: KNOWN_AT,
  } as const;
  const warned = procedure(known, ['first_warning']);
  const fined = procedure(known, ['first_warning', 'second_warning', 'administrative_fine']);
  const lifted = procedure(known, ['tmp2t_request', 'tmp2t_lift_request']);
  const nameOf = (unit: string) => unit;
  const file = compileCaseFile(known, fined, {
    nameOf,
    region: 'Bantul',
    takenBy: new Map(fined.steps.map(({ id }) => [id, 'siti'])),
    documentHashes: new Map(),
    checks: [],
  });
  const second = procedure(known, ['first_warning', 'second_warning']);
  return [
    ['regularisation', letters.print('regularisation', regularisationLetter(known, SENDER, invitation), day)],
    ['first', letters.print('first_warning', warningLetter(known, SENDER, warned, 'first_warning'), day)],
    ['second', letters.print('second_warning', warningLetter(known, SENDER, second, 'second_warning'), day)],
    ['fine', letters.print('administrative_fine', fineLetter(known, SENDER, fined, fined.steps[2]!), day)],
    [
      'lift',
      letters.print('tmp2t_lift_request', liftLetter(known, SENDER, lifted, lifted.steps[1]!, nameOf), day),
    ],
    ['case', letters.print('case_file', caseFileView(file, nameOf, 'f00d'), day)],
  ];
}

test('every amount in a page is one of the ledger, or the sum of a column', () => {
  let owed = 0;
  fc.assert(
    fc.property(history, someDay, (past, day) => {
      const { facts } = letterFactsOf(past, day);
      const refuted = refutations(facts, law, day);
      const open = ledgerOf(facts, law, day)
        .months.filter((month) => isOverdue(month, day) || openCharge(month) > 0)
        .filter(({ period }) => !refuted('ARREARS', period))
        .map((month) => [isOverdue(month, day) ? month.outstanding : 0, openCharge(month)] as const);
      const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
      const fine = fineOf(SANCTIONABLE, facts, law, day);
      const allowed = [
        ...open.flatMap(([contributions, charge]) => [contributions, charge, contributions + charge]),
        sum(open.map(([contributions]) => contributions)),
        sum(open.map(([, charge]) => charge)),
        sum(open.flat()),
        ...judge(facts, law, day).reasons.map(({ amount = 0 }) => amount),
        ...fine.months.flatMap(({ contribution, amount }) => [contribution, amount]),
        fine.total,
        ...facts.payments.map(({ amount }) => amount),
        ...facts.evidence.map(({ wageBill = 0 }) => wageBill),
        1_000_000_000,
      ].map((amount) => rupiahText(amount, 'id'));
      for (const [name, page] of pagesOf(past, day)) {
        const shown = page.match(/Rp [\d.]*\d/g) ?? [];
        for (const amount of shown) expect(allowed, `${name} ${amount}`).toContain(amount);
        if (name === 'lift') continue;
        for (const [contributions, charge] of open) {
          owed += 1;
          expect(page).toContain(`<td class="number">${rupiahText(contributions, 'id')}</td>`);
          expect(page).toContain(`<td class="number">${rupiahText(charge, 'id')}</td>`);
        }
      }
    }),
    RUNS,
  );
  expect(owed).toBeGreaterThan(RUNS.numRuns);
});

test('nothing in a page is missing, half-filled or not a number', () => {
  fc.assert(
    fc.property(history, someDay, (past, day) => {
      for (const [name, page] of pagesOf(past, day)) {
        expect(page, name).not.toMatch(/undefined|NaN|null|Infinity|\[object|\{\{|\}\}/);
        expect(page).toContain(dayText(day, 'id'));
        expect(page).toContain('PT Acak');
        expect(page).toContain(law.version);
      }
    }),
    RUNS,
  );
});

test('a month of the letter is a month of the ledger, with its due day', () => {
  fc.assert(
    fc.property(history, someDay, (past, day) => {
      const known = letterFactsOf(past, day);
      const warned = warningLetter(known, SENDER, procedure(known, ['first_warning']), 'first_warning');
      const months = new Map(
        ledgerOf(known.facts, law, day).months.map((month) => [periodText(month.period, 'id'), month]),
      );
      for (const { period, dueOn, monthsLate, presumed } of warned.arrears?.months ?? []) {
        const month = months.get(period)!;
        expect({ dueOn, monthsLate, presumed }).toEqual({
          dueOn: dayText(month.dueOn, 'id'),
          monthsLate: String(month.monthsLate),
          presumed: month.presumed,
        });
      }
    }),
    RUNS,
  );
});
