import type { Day } from '#src/domain/civil.ts';
import { dayText, type Language } from '#src/domain/language.ts';
import { add } from '#src/domain/money.ts';
import {
  type DisputeState,
  disputeState,
  type Plan,
  type PlanState,
  type RegularisationState,
  regularisationState,
  type Suspension,
  startOf,
} from '#src/domain/suspensions.ts';
import { type InstalmentStanding, planStanding } from '#src/domain/verdict/plan-standing.ts';
import { BLANK, type Explained, factSource, policySource } from './explained.ts';
import type { Block, Cell, ParameterSource } from './letter.ts';

const WORDS = {
  id: {
    heading: 'Rencana pembayaran, sengketa, dan undangan perbaikan',
    caption: 'Yang dapat menangguhkan akibat pelanggaran, dan keadaannya',
    columns: ['Jenis', 'Sejak', 'Keadaan', 'Dasar'],
    none: 'Tidak ada.',
    kinds: { plan: 'Rencana pembayaran', dispute: 'Sengketa', regularisation: 'Undangan perbaikan' },
    suspensive: ', menangguhkan akibatnya sampai diputuskan',
    until: (day: string) => `, sampai dengan ${day}`,
    instalments: (day: string) => `Angsuran rencana pembayaran tanggal ${day}`,
    instalmentColumns: [
      'Paling lambat',
      'Angsuran',
      'Keadaan',
      'Masuk sampai hari itu, semua angsuran',
      'Dasar',
    ],
    total: 'Jumlah',
  },
  en: {
    heading: 'Payment plans, disputes and invitations',
    caption: 'What can suspend the consequences of a breach, and how it stands',
    columns: ['Kind', 'Since', 'How it stands', 'Rests on'],
    none: 'There are none.',
    kinds: { plan: 'Payment plan', dispute: 'Dispute', regularisation: 'Invitation' },
    suspensive: ', suspends the consequences until it is decided',
    until: (day: string) => `, until ${day}`,
    instalments: (day: string) => `Instalments of the payment plan of ${day}`,
    instalmentColumns: [
      'At the latest',
      'Instalment',
      'How it stands',
      'Received by then, for all of them',
      'Rests on',
    ],
    total: 'Total',
  },
} satisfies Record<Language, object>;

type State = PlanState | DisputeState | RegularisationState | InstalmentStanding['state'];

const STATES: Record<State, Record<Language, string>> = {
  kept: { id: 'ditepati', en: 'kept' },
  fulfilled: { id: 'selesai', en: 'has run its course' },
  broken: { id: 'dilanggar', en: 'broken' },
  withdrawn: { id: 'ditarik kembali', en: 'withdrawn' },
  open: { id: 'masih berjalan', en: 'open' },
  upheld: { id: 'diputuskan untuk pemberi kerja', en: 'decided for the employer' },
  rejected: { id: 'ditolak', en: 'rejected' },
  expired: { id: 'batas waktunya lewat', en: 'its deadline has passed' },
  met: { id: 'terpenuhi', en: 'met' },
  missed: { id: 'tidak terpenuhi', en: 'missed' },
  awaited: { id: 'ditunggu', en: 'awaited' },
};

/** Everything that has begun by the day and is about suspending breaches, whether it still does or not. */
export function suspensionBlocks(explained: Explained): Block[] {
  const { facts, ledger, language } = explained;
  const words = WORDS[language];
  const heading: Block = { kind: 'heading', level: 2, text: words.heading };
  const begun = facts.suspensions.filter((suspension) => startOf(suspension) <= ledger.asOf);
  if (begun.length === 0) return [heading, { kind: 'paragraph', text: words.none }];
  const rows = begun.map((suspension): Cell[] => [
    { text: words.kinds[suspension.kind] },
    { day: startOf(suspension) },
    { text: standingText(explained, suspension) },
    { sources: [factSource(suspension.kind, suspension.id), ...policiesOf(explained, suspension)] },
  ]);
  const plans = begun.filter((suspension) => suspension.kind === 'plan');
  return [
    heading,
    { kind: 'table', caption: words.caption, columns: words.columns, rows },
    ...plans.map((plan) => instalmentTable(explained, plan)),
  ];
}

function policiesOf(explained: Explained, { kind }: Suspension): ParameterSource[] {
  const { asOf } = explained.ledger;
  if (kind === 'plan') return [policySource(explained, 'payment-plan', asOf)];
  return kind === 'dispute' ? [policySource(explained, 'dispute', asOf)] : [];
}

function standingText({ ledger, language }: Explained, suspension: Suspension): string {
  const { asOf } = ledger;
  const words = WORDS[language];
  const said = (state: State, more = '') => `${STATES[state][language]}${more}`;
  const until = (day: Day) => words.until(dayText(day, language));
  switch (suspension.kind) {
    case 'plan':
      return said(planStanding(suspension, ledger).state);
    case 'dispute': {
      const state = disputeState(suspension, asOf);
      return said(state, state === 'open' && suspension.suspensive ? words.suspensive : '');
    }
    case 'regularisation': {
      const state = regularisationState(suspension, asOf);
      return said(state, state === 'open' ? until(suspension.deadline) : '');
    }
  }
}

function instalmentTable({ ledger, language }: Explained, plan: Plan): Block {
  const words = WORDS[language];
  const { instalments } = planStanding(plan, ledger);
  const rows = instalments.map(({ dueOn, amount, paid, state }): Cell[] => [
    { day: dueOn },
    { amount },
    { text: STATES[state][language] },
    { amount: paid },
    { sources: [factSource('plan', plan.id)] },
  ]);
  const promised = instalments.reduce((sum, { amount }) => add(sum, amount), 0);
  return {
    kind: 'table',
    caption: words.instalments(dayText(plan.agreedOn, language)),
    columns: words.instalmentColumns,
    rows,
    total: [{ text: words.total }, { amount: promised }, BLANK, BLANK, BLANK],
  };
}
