import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SERVICES, type Service } from '#src/domain/check-policy.ts';
import { addDays, latest } from '#src/domain/civil.ts';
import type { Facts, Payment } from '#src/domain/facts.ts';
import { procedureOn } from '#src/domain/sanctions/procedure.ts';
import { openingFor } from '#src/domain/sanctions/refusal.ts';
import { SANCTION_STEPS, SANCTIONABLE, type Sanction, type SanctionStep } from '#src/domain/sanctions.ts';
import type { Suspension } from '#src/domain/suspensions.ts';
import { condense } from '#src/domain/verdict/standing.ts';
import { allFacts, history, law, TODAY } from './histories.ts';
import { BILL, debtor, OVERDUE, opened, paid, took } from './sanction-facts.ts';

const RUNS = { numRuns: 300 };

/** National holidays of 2026 on working days, copied by hand from the joint decree; collective leave is worked. */
const HOLIDAYS = new Set(
  ['02-17', '03-19', '04-03', '05-01', '05-14', '05-27', '06-01', '06-16', '08-17', '08-25', '12-25'].map(
    (day) => `2026-${day}`,
  ),
);

/** The tenth working day after a day, counted one by one. */
function tenth(day: string): string {
  const date = new Date(day);
  for (let left = 10; left > 0; ) {
    date.setUTCDate(date.getUTCDate() + 1);
    const text = date.toISOString().slice(0, 10);
    if (date.getUTCDay() % 6 !== 0 && !HOLIDAYS.has(text)) left -= 1;
  }
  return date.toISOString().slice(0, 10);
}

/** What the walker knows: the procedure, and what it paid and agreed. */
type Walk = { today: string; sanction: Sanction; payments: Payment[]; suspensions: Suspension[] };

type Move =
  | { kind: 'wait'; days: number }
  | { kind: 'pay' | 'reverse' | 'part' }
  | { kind: 'invite'; days: number }
  /** Without a step the nth of those that are proposed. */
  | {
      kind: 'step';
      step?: SanctionStep['step'];
      back: number;
      services: Service[];
      accepted: boolean;
      nth: number;
    };

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 16 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('pay', 'reverse', 'part') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('invite' as const), days: fc.integer({ min: 0, max: 20 }) }),
  },
  {
    weight: 30,
    arbitrary: fc.record({
      kind: fc.constant('step' as const),
      step: fc.option(fc.constantFrom(...SANCTION_STEPS), { nil: undefined }),
      back: fc.constantFrom(0, 0, 1, 2, 3, 5, 8, 13),
      services: fc.shuffledSubarray([...SERVICES], { minLength: 1, maxLength: 2 }),
      accepted: fc.boolean(),
      nth: fc.nat(3),
    }),
  },
);

function factsOf({ payments, suspensions, sanction }: Walk): Facts {
  return debtor({ payments, suspensions, sanctions: [sanction] });
}

/** Does what the move says, if it is possible; returns the step that was taken. */
function make(walk: Walk, wanted: Move): SanctionStep['step'] | undefined {
  if (wanted.kind === 'wait') walk.today = addDays(walk.today, wanted.days);
  if (wanted.kind === 'reverse') walk.payments = [];
  if (wanted.kind === 'pay') walk.payments = [paid(walk.today)];
  if (wanted.kind === 'part')
    walk.payments = [...walk.payments, { ...paid(walk.today, 1), id: 'part' }].slice(-1);
  if (wanted.kind === 'invite') {
    const deadline = addDays(walk.today, wanted.days);
    const recordedAt = `${walk.today}T05:00:00.000Z`;
    walk.suspensions = [{ id: 'i', kind: 'regularisation', invitedOn: walk.today, deadline, recordedAt }];
  }
  if (wanted.kind !== 'step') return undefined;
  const { back, accepted, services } = wanted;
  const on = addDays(walk.today, -back);
  const procedure = procedureOn(walk.sanction, factsOf(walk), law, walk.today);
  const proposed = procedure.nextSteps.filter((each) => each.step !== 'closed');
  const step = wanted.step ?? proposed[wanted.nth % Math.max(1, proposed.length)]?.step;
  if (!step || (step === 'closed' && wanted.nth > 0)) return undefined;
  const requestId = procedure.requests[wanted.nth % Math.max(1, procedure.requests.length)]?.id;
  const asked = step === 'tmp2t_request' ? { services } : requestId === undefined ? {} : { requestId };
  const opening = openingFor(procedure, { step, on, ...asked });
  if ('refused' in opening) return undefined;
  expectInTime(walk, { step, on, ...asked });
  const about = opening.requestId === undefined ? { services } : { requestId: opening.requestId };
  walk.sanction = took(walk.sanction, step, on, { ...about, ...(step === 'tmp2t_decision' && { accepted }) });
  return step;
}

/** The clocks of PP 86/2013 over again, from the steps alone. */
function expectInTime(
  { today, sanction: { openedOn, steps }, payments }: Walk,
  {
    step,
    on,
    services,
    requestId,
  }: { step: SanctionStep['step']; on: string; services?: Service[]; requestId?: string },
): void {
  const dayOf = (kind: SanctionStep['step']) => steps.find((each) => each.step === kind)?.on;
  const [first, second, fine] = [
    dayOf('first_warning'),
    dayOf('second_warning'),
    dayOf('administrative_fine'),
  ];
  const settled = payments.some(({ amount }) => amount === BILL);
  const of = (kind: SanctionStep['step'], request = requestId) =>
    steps.find((each) => each.step === kind && each.requestId === request);
  expect(dayOf('closed')).toBeUndefined();
  expect(on <= today && on >= (steps.at(-1)?.on ?? openedOn)).toBe(true);
  if (step.startsWith('tmp2t_lift')) expect(of('tmp2t_decision')?.accepted).toBe(true);
  else if (step !== 'closed') expect(settled).toBe(false);
  switch (step) {
    case 'first_warning':
      return expect([first, on >= openedOn]).toEqual([undefined, true]);
    case 'second_warning':
      return expect([second, on > tenth(first!)]).toEqual([undefined, true]);
    case 'administrative_fine':
      expect([fine, on > tenth(second!)]).toEqual([undefined, true]);
      return expect(on <= addDays(tenth(second!), 30)).toBe(true);
    case 'referred_to_prosecutor':
      return expect([dayOf(step), on > tenth(second!)]).toEqual([undefined, true]);
    case 'tmp2t_request': {
      expect(on > (fine ? tenth(fine) : addDays(tenth(second!), 30))).toBe(true);
      const busy = steps
        .filter((each) => each.step === step)
        .filter(({ id }) => {
          return !of('tmp2t_lifted', id) && of('tmp2t_decision', id)?.accepted !== false;
        });
      return expect(
        busy.flatMap((each) => each.services).filter((each) => services!.includes(each!)),
      ).toEqual([]);
    }
    case 'tmp2t_decision':
      return expect(of('tmp2t_decision')).toBeUndefined();
    case 'tmp2t_lift_request':
      expect([settled, of('tmp2t_lift_request')]).toEqual([true, undefined]);
      return expect(on >= payments[0]!.paidOn).toBe(true);
    case 'tmp2t_lifted':
      return expect([of('tmp2t_lift_request') !== undefined, of('tmp2t_lifted')]).toEqual([true, undefined]);
    case 'closed':
      return expect(
        steps.filter(
          ({ id, accepted }) =>
            accepted && !of('tmp2t_lifted', steps.find((each) => each.id === id)?.requestId),
        ),
      ).toEqual([]);
  }
}

const walks = fc.record({
  openedOn: fc.integer({ min: 0, max: 60 }).map((days) => addDays(OVERDUE, days)),
  moves: fc.array(move, { minLength: 60, maxLength: 180 }),
});

function start(openedOn: string): Walk {
  return { today: openedOn, sanction: opened(openedOn), payments: [], suspensions: [] };
}

test('no sequence of possible steps brings a procedure to a step before its clock', () => {
  const taken = new Set<string>();
  fc.assert(
    fc.property(walks, ({ openedOn, moves }) => {
      const walk = start(openedOn);
      for (const each of moves) taken.add(make(walk, each) ?? '');
    }),
    { numRuns: 300, seed: 20_261_121 },
  );
  // Walks that never came to the end of the ladder would prove little.
  expect([...taken].sort()).toEqual(['', ...SANCTION_STEPS].sort());
});

test('each proposed step can be taken on the first day that it names, and not on the day before', () => {
  const proposed = new Set<string>();
  fc.assert(
    fc.property(walks, fc.nat(120), ({ openedOn, moves }, length) => {
      const walk = start(openedOn);
      for (const each of moves.slice(0, length)) make(walk, each);
      const { sanction, today } = walk;
      const facts = factsOf(walk);
      for (const { step, notBefore, services, requestId } of procedureOn(sanction, facts, law, today)
        .nextSteps) {
        proposed.add(step);
        const wanted = { step, requestId, ...(step === 'tmp2t_request' && { services }) };
        const then = procedureOn(sanction, facts, law, latest(today, notBefore));
        expect(openingFor(then, { ...wanted, on: notBefore })).toMatchObject({ step });
        expect(openingFor(then, { ...wanted, on: addDays(notBefore, -1) })).toMatchObject({
          refused: { code: 'sanction_step_too_early', notBefore },
        });
        if (notBefore <= today) continue;
        const before = procedureOn(sanction, facts, law, addDays(notBefore, -1));
        const early = openingFor(before, { ...wanted, on: addDays(notBefore, -1) });
        expect(early).toHaveProperty('refused');
      }
    }),
    { numRuns: 300, seed: 20_261_122 },
  );
  expect([...proposed].sort()).toEqual([...SANCTION_STEPS].sort());
});

test('condensed facts give the same procedure on every later day', () => {
  const ahead = fc.oneof(fc.nat(15), fc.nat(200)).map((days) => addDays(TODAY, days));
  const sanction = fc.record({
    openedOn: fc.integer({ min: 0, max: 290 }).map((days) => addDays(TODAY, -days)),
    codes: fc.subarray([...SANCTIONABLE], { minLength: 1 }),
    warned: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
  });
  const states = new Set<string>();
  fc.assert(
    fc.property(history, fc.array(sanction, { minLength: 1, maxLength: 2 }), ahead, (past, drawn, day) => {
      const sanctions = drawn.map(({ openedOn, codes, warned }) => {
        const begun = opened(openedOn, codes);
        return warned === undefined ? begun : took(begun, 'first_warning', addDays(openedOn, warned));
      });
      const facts = allFacts({ ...past, sanctions });
      const condensed = condense(facts, law, TODAY);
      for (const [index, each] of facts.sanctions.entries()) {
        const whole = procedureOn(each, facts, law, day);
        states.add(whole.state);
        expect(procedureOn(condensed.sanctions[index]!, condensed, law, day)).toEqual(whole);
      }
    }),
    RUNS,
  );
  expect([...states].sort()).toEqual(['mended', 'open', 'paused']);
});
