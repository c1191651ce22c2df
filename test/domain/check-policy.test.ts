import { describe, expect, test } from 'vitest';
import { actionFor, type CheckFacts, PURPOSES } from '#src/domain/check-policy.ts';
import { loadLaw } from '#src/law/index.ts';

const checkPolicy = loadLaw().checkPolicyOn('2026-11-20');

function action(facts: Partial<CheckFacts>) {
  return actionFor(checkPolicy, {
    purpose: 'tender_opening',
    status: 'compliant',
    inArrears: false,
    flagsInForce: [],
    deniedServices: [],
    ...facts,
  });
}

describe('the action of a check', () => {
  test.each([
    ['compliant', 'proceed'],
    ['not_in_scope', 'proceed'],
    ['compliant_with_conditions', 'proceed_with_conditions'],
    ['regularising', 'proceed_with_conditions'],
    ['non_compliant', 'hold'],
    ['not_registered', 'hold'],
    ['under_review', 'ask_review'],
    ['not_determinable', 'ask_review'],
  ] as const)('for %s is %s', (status, expected) => {
    for (const purpose of PURPOSES) expect(action({ purpose, status })).toBe(expected);
  });

  test('holds an award and a payment where there are arrears', () => {
    const withArrears = (purpose: CheckFacts['purpose']) =>
      action({ purpose, status: 'regularising', inArrears: true });
    expect(withArrears('tender_award')).toBe('hold');
    expect(withArrears('contract_payment')).toBe('hold');
    expect(withArrears('tender_opening')).toBe('proceed_with_conditions');
  });

  test('holds what a flag names, whatever the status', () => {
    const held = (kind: CheckFacts['flagsInForce'][number]) =>
      PURPOSES.filter((purpose) => action({ purpose, flagsInForce: [kind] }) === 'hold');
    expect(held('procurement_block')).toEqual(['tender_opening', 'tender_award', 'contract_payment']);
    expect(held('licence_hold')).toEqual([
      'business_licence',
      'foreign_worker_permit',
      'outsourcing_licence',
      'building_permit',
    ]);
    for (const kind of ['watch', 'referral', 'review'] as const) expect(held(kind)).toEqual([]);
  });

  test('holds a service that was denied', () => {
    expect(action({ purpose: 'tender_award', deniedServices: ['tender_permit'] })).toBe('hold');
    expect(action({ purpose: 'building_permit', deniedServices: ['tender_permit'] })).toBe('proceed');
  });
});
