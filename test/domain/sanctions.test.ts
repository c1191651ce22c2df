import { describe, expect, test } from 'vitest';
import { addDays } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { fineOf } from '#src/domain/sanctions/fine.ts';
import { openingRefusal } from '#src/domain/sanctions/opening.ts';
import { procedureOn } from '#src/domain/sanctions/procedure.ts';
import { openingFor, type WantedStep } from '#src/domain/sanctions/refusal.ts';
import { denialsOn } from '#src/domain/sanctions/requests.ts';
import { termsOf } from '#src/domain/sanctions/terms.ts';
import type { Sanction } from '#src/domain/sanctions.ts';
import { law } from './histories.ts';
import { BILL, debtor, OVERDUE, opened, paid, took } from './sanction-facts.ts';

/** Nyepi on 19 March 2026; collective leave around it counts as working days. */
const WARNED = took(opened('2026-02-20'), 'first_warning', '2026-03-09');
const TWICE = took(WARNED, 'second_warning', '2026-03-25');
const FINED = took(TWICE, 'administrative_fine', '2026-04-13', { amount: 0 });
const SERVICES = ['business_licence', 'tender_permit'] as const;
const ASKED = took(FINED, 'tmp2t_request', '2026-04-27', { services: SERVICES, decidedBy: 'dpmptsp' });
const DENIED = took(ASKED, 'tmp2t_decision', '2026-04-30', {
  requestId: 'tmp2t_request-3',
  services: SERVICES,
  accepted: true,
  decidedBy: 'dpmptsp',
});
const LIFTING = took(DENIED, 'tmp2t_lift_request', '2026-05-06', {
  requestId: 'tmp2t_request-3',
  services: SERVICES,
});
const LIFTED = took(LIFTING, 'tmp2t_lifted', '2026-05-08', {
  requestId: 'tmp2t_request-3',
  services: SERVICES,
});

const on = (sanction: Sanction, day: string, facts: Facts = debtor()) =>
  procedureOn(sanction, facts, law, day);
const next = (sanction: Sanction, day: string, facts?: Facts) =>
  on(sanction, day, facts).nextSteps.map(({ step, notBefore, notAfter }) => [
    step,
    notBefore,
    ...(notAfter ? [notAfter] : []),
  ]);
const take = (sanction: Sanction, today: string, wanted: WantedStep, facts?: Facts) =>
  openingFor(on(sanction, today, facts), wanted);

describe('the ladder', () => {
  test('begins on the day of opening', () => {
    expect(next(opened('2026-02-20'), '2026-03-01')).toEqual([
      ['first_warning', '2026-02-20'],
      ['closed', '2026-02-20'],
    ]);
  });

  test('waits ten working days after a warning, holidays not counted', () => {
    // 10-13, 16-18, 20 (leave), 23, 24 (leave) March.
    expect(next(WARNED, '2026-03-09')[0]).toEqual(['second_warning', '2026-03-25']);
    expect(take(WARNED, '2026-04-01', { step: 'second_warning', on: '2026-03-24' })).toEqual({
      refused: { code: 'sanction_step_too_early', notBefore: '2026-03-25' },
    });
    expect(take(WARNED, '2026-03-25', { step: 'second_warning', on: '2026-03-25' })).toMatchObject({
      step: 'second_warning',
    });
  });

  test('gives thirty days for the fine after the second warning, and goes on without it', () => {
    // 3 April is a holiday: the tenth working day is the 9th.
    expect(next(TWICE, '2026-03-25')).toEqual([
      ['administrative_fine', '2026-04-10', '2026-05-09'],
      ['tmp2t_request', '2026-05-10'],
      ['referred_to_prosecutor', '2026-04-10'],
      ['closed', '2026-03-25'],
    ]);
    expect(next(TWICE, '2026-05-10').map(([step]) => step)).toEqual([
      'tmp2t_request',
      'referred_to_prosecutor',
      'closed',
    ]);
    const fine = { step: 'administrative_fine' } as const;
    expect(take(TWICE, '2026-05-10', { ...fine, on: '2026-05-10' })).toEqual({
      refused: { code: 'sanction_step_too_late', notAfter: '2026-05-09' },
    });
    // Imposed in time, and recorded later.
    expect(take(TWICE, '2026-05-12', { ...fine, on: '2026-05-09' })).toMatchObject(fine);
  });

  test('waits for the fine to be paid before services are denied', () => {
    expect(next(FINED, '2026-04-13')).toEqual([
      ['tmp2t_request', '2026-04-28'],
      ['referred_to_prosecutor', '2026-04-13'],
      ['closed', '2026-04-13'],
    ]);
  });

  test('takes each warning, the fine and the referral once', () => {
    const referred = took(FINED, 'referred_to_prosecutor', '2026-04-14');
    for (const step of [
      'first_warning',
      'second_warning',
      'administrative_fine',
      'referred_to_prosecutor',
    ] as const) {
      expect(take(referred, '2026-05-01', { step, on: '2026-05-01' })).toEqual({
        refused: { code: 'sanction_step_not_open' },
      });
    }
  });

  test('ends when it is closed', () => {
    const closed = took(WARNED, 'closed', '2026-03-10');
    expect(on(closed, '2026-04-01')).toMatchObject({ state: 'closed', nextSteps: [] });
  });

  test('lists what runs, with the terms that the employer was given', () => {
    const terms = (sanction: Sanction, day: string) =>
      termsOf(debtor({ sanctions: [sanction] }), law, day).map(({ kind, step, notBefore, notAfter }) =>
        [kind, step, notBefore, notAfter].join(' ').trim(),
      );
    expect(terms(WARNED, '2026-03-09')).toEqual([
      'step second_warning 2026-03-25',
      'given first_warning 2026-03-09 2026-03-24',
    ]);
    expect(terms(FINED, '2026-04-13').at(-1)).toBe('given administrative_fine 2026-04-13 2026-04-27');
    const late = took(ASKED, 'referred_to_prosecutor', '2026-05-20');
    expect(next(late, '2026-05-20')).toContainEqual(['tmp2t_decision', '2026-05-20', '2026-05-12']);
    expect(terms(late, '2026-05-20')).toContain('step tmp2t_decision 2026-05-20 2026-05-12');
  });
});

describe('requests to deny services', () => {
  test('stay open for ten working days, and can be answered after that', () => {
    const request = (day: string) => on(ASKED, day).requests[0];
    expect(request('2026-05-12')).toMatchObject({ state: 'open', dueOn: '2026-05-12', unit: 'dpmptsp' });
    expect(request('2026-05-13')).toMatchObject({ state: 'unanswered' });
    const decision = { step: 'tmp2t_decision', on: '2026-05-20' } as const;
    expect(take(ASKED, '2026-05-20', decision)).toMatchObject({ requestId: 'tmp2t_request-3' });
  });

  test('run beside one another for other services, never for the same', () => {
    const wanted = { step: 'tmp2t_request', on: '2026-05-04' } as const;
    expect(take(ASKED, '2026-05-04', { ...wanted, services: ['tender_permit', 'building_permit'] })).toEqual({
      refused: { code: 'sanction_service_busy', services: ['tender_permit'] },
    });
    expect(take(ASKED, '2026-05-04', { ...wanted, services: ['building_permit'] })).toMatchObject({
      step: 'tmp2t_request',
      services: ['foreign_worker_permit', 'outsourcing_licence', 'building_permit'],
    });
    const both = took(ASKED, 'tmp2t_request', '2026-05-04', { services: ['building_permit'] });
    expect(take(both, '2026-05-05', { step: 'tmp2t_decision', on: '2026-05-05' })).toEqual({
      refused: { code: 'sanction_request_unclear', requestIds: ['tmp2t_request-3', 'tmp2t_request-4'] },
    });
    const meant = { step: 'tmp2t_decision', on: '2026-05-05', services: ['building_permit'] } as const;
    expect(take(both, '2026-05-05', meant)).toMatchObject({ requestId: 'tmp2t_request-4' });
  });

  test('can be made again at once when they were declined', () => {
    const declined = took(ASKED, 'tmp2t_decision', '2026-04-30', {
      requestId: 'tmp2t_request-3',
      accepted: false,
    });
    const again = { step: 'tmp2t_request', on: '2026-04-30', services: SERVICES } as const;
    expect(take(declined, '2026-04-30', again)).toMatchObject({ step: 'tmp2t_request' });
    expect(denialsOn([declined], '2026-05-30')).toEqual([]);
  });

  test('deny from the day of the decision until the day of the lift', () => {
    const denied = (day: string) => denialsOn([LIFTED], day).flatMap(({ services }) => services);
    expect(denied('2026-04-29')).toEqual([]);
    expect(denied('2026-04-30')).toEqual(SERVICES);
    expect(denied('2026-05-07')).toEqual(SERVICES);
    expect(denied('2026-05-08')).toEqual([]);
  });

  test('keep a procedure from being closed while they deny', () => {
    const close = { step: 'closed', on: '2026-05-20' } as const;
    for (const sanction of [DENIED, LIFTING]) {
      expect(take(sanction, '2026-05-20', close)).toEqual({
        refused: { code: 'sanction_services_denied', services: SERVICES },
      });
    }
    expect(take(LIFTED, '2026-05-20', close)).toMatchObject({ step: 'closed' });
  });
});

describe('once the breaches are mended', () => {
  const settled = debtor({ payments: [paid('2026-05-05')] });

  test('the lift is proposed at once, with its term, and nothing punishes any more', () => {
    expect(next(DENIED, '2026-05-05', settled)).toEqual([['tmp2t_lift_request', '2026-05-05', '2026-05-08']]);
    expect(on(DENIED, '2026-05-05', settled)).toMatchObject({ state: 'mended', mendedOn: '2026-05-05' });
    expect(on(DENIED, '2026-05-04', settled)).toMatchObject({ state: 'open' });
    const request = { step: 'tmp2t_request', on: '2026-05-05', services: ['building_permit'] } as const;
    expect(take(DENIED, '2026-05-05', request, settled)).toEqual({
      refused: { code: 'sanction_mended', mendedOn: '2026-05-05' },
    });
    expect(next(LIFTING, '2026-05-06', settled)).toEqual([['tmp2t_lifted', '2026-05-06', '2026-05-11']]);
    expect(next(LIFTED, '2026-05-08', settled)).toEqual([['closed', '2026-05-08']]);
  });

  test('the term of the lift runs from the day on which that became known', () => {
    const late = { ...paid('2026-05-05'), recordedAt: '2026-05-20T05:00:00.000Z' };
    expect(next(DENIED, '2026-05-20', debtor({ payments: [late] }))).toEqual([
      ['tmp2t_lift_request', '2026-05-05', '2026-05-25'],
    ]);
  });

  test('a request that nobody has decided is over', () => {
    const decision = { step: 'tmp2t_decision', on: '2026-05-06' } as const;
    expect(take(ASKED, '2026-05-06', decision, settled)).toEqual({
      refused: { code: 'sanction_mended', mendedOn: '2026-05-05' },
    });
  });

  test('a lift is not asked for before', () => {
    const lift = { step: 'tmp2t_lift_request', on: '2026-05-06' } as const;
    const part = debtor({ payments: [paid('2026-05-05', BILL - 1)] });
    expect(take(DENIED, '2026-05-06', lift, part)).toEqual({ refused: { code: 'sanction_not_mended' } });
  });

  test('a payment that is reversed lets the ladder go on', () => {
    expect(next(WARNED, '2026-03-25', debtor({ payments: [paid('2026-03-12')] }))).toEqual([
      ['closed', '2026-03-09'],
    ]);
    expect(next(WARNED, '2026-03-25')[0]).toEqual(['second_warning', '2026-03-25']);
  });
});

describe('while the breaches are suspended', () => {
  const recorded = { recordedAt: '2026-03-20T05:00:00.000Z' };
  const invitation = {
    ...recorded,
    id: 'invitation',
    kind: 'regularisation',
    invitedOn: '2026-03-20',
    deadline: '2026-04-04',
  } as const;
  const dispute = {
    ...recorded,
    id: 'dispute',
    kind: 'dispute',
    openedOn: '2026-03-20',
    suspensive: true,
  } as const;
  const plan = {
    ...recorded,
    id: 'plan',
    kind: 'plan',
    codes: ['ARREARS'],
    periods: ['2026-01'],
    agreedOn: '2026-03-20',
    instalments: [{ dueOn: '2026-04-20', amount: 1000 }],
  } as const;

  test('an invitation puts the next step off until its deadline has passed', () => {
    const facts = debtor({ suspensions: [invitation] });
    expect(on(WARNED, '2026-03-25', facts)).toMatchObject({ state: 'paused' });
    expect(next(WARNED, '2026-03-25', facts)[0]).toEqual(['second_warning', '2026-04-05']);
    expect(on(WARNED, '2026-04-05', facts)).toMatchObject({ state: 'open' });
  });

  test('a plan puts it off until an instalment is missed', () => {
    expect(next(WARNED, '2026-03-25', debtor({ suspensions: [plan] }))[0]).toEqual([
      'second_warning',
      '2026-04-21',
    ]);
  });

  test('a suspensive dispute puts it off for as long as it is open', () => {
    const facts = debtor({ suspensions: [dispute] });
    expect(next(WARNED, '2026-03-25', facts)).toEqual([['closed', '2026-03-09']]);
    expect(take(WARNED, '2026-03-26', { step: 'second_warning', on: '2026-03-26' }, facts)).toEqual({
      refused: { code: 'sanction_paused' },
    });
  });

  test('terms run on: the days of a fine can pass', () => {
    const long = { ...invitation, deadline: '2026-05-09' };
    expect(next(TWICE, '2026-04-10', debtor({ suspensions: [long] }))).toEqual([
      ['tmp2t_request', '2026-05-10'],
      ['referred_to_prosecutor', '2026-05-10'],
      ['closed', '2026-03-25'],
    ]);
  });

  test('a day that lies in a later pause is refused', () => {
    const facts = debtor({ suspensions: [{ ...invitation, invitedOn: '2026-03-30' }] });
    expect(next(WARNED, '2026-04-20', facts)[0]).toEqual(['second_warning', '2026-03-25']);
    expect(take(WARNED, '2026-04-20', { step: 'second_warning', on: '2026-03-31' }, facts)).toEqual({
      refused: { code: 'sanction_paused' },
    });
  });
});

describe('the fine', () => {
  test('is one in a thousand a month of what is outstanding, and no late charge', () => {
    expect(fineOf(['ARREARS'], debtor(), law, '2026-04-13')).toEqual({
      total: 2 * Math.round(BILL / 1000),
      months: [{ period: '2026-01', contribution: BILL, months: 2, amount: 2 * Math.round(BILL / 1000) }],
    });
    const part = debtor({ payments: [paid('2026-04-01', 100_000)] });
    expect(fineOf(['ARREARS'], part, law, '2026-04-13').months[0]).toMatchObject({
      contribution: BILL - 100_000,
    });
  });

  test('is nothing where the procedure is about nothing that is owed', () => {
    expect(fineOf(['PARTIAL_WORKERS'], debtor(), law, '2026-04-13')).toEqual({ total: 0, months: [] });
  });
});

describe('a procedure is opened', () => {
  const refusal = (facts: Facts, openedOn: string, today = '2026-06-01') =>
    openingRefusal(facts, law, { codes: ['ARREARS'], openedOn }, today);

  test('for what is a breach on the day, and has not been mended since', () => {
    expect(refusal(debtor(), OVERDUE)).toBeUndefined();
    expect(refusal(debtor(), addDays(OVERDUE, -1))).toEqual({
      code: 'sanction_without_breach',
      codes: ['ARREARS'],
    });
    expect(refusal(debtor({ payments: [paid('2026-05-05')] }), '2026-03-01')).toEqual({
      code: 'sanction_without_breach',
      codes: ['ARREARS'],
      mendedOn: '2026-05-05',
    });
  });

  test('not against state organs', () => {
    expect(refusal(debtor({ kind: 'government' }), OVERDUE)).toEqual({ code: 'sanction_of_state_organ' });
  });

  test('once for a breach, until it is closed', () => {
    expect(refusal(debtor({ sanctions: [WARNED] }), OVERDUE)).toEqual({
      code: 'sanction_already_open',
      sanctionId: WARNED.id,
      codes: ['ARREARS'],
    });
    expect(refusal(debtor({ sanctions: [took(WARNED, 'closed', '2026-03-10')] }), OVERDUE)).toBeUndefined();
    expect(
      refusal(debtor({ sanctions: [opened('2026-02-20', ['PARTIAL_WAGES'])] }), OVERDUE),
    ).toBeUndefined();
  });
});
