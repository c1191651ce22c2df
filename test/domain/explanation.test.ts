import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#src/domain/civil.ts';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import { explanationOf } from '#src/domain/explanation/explanation.ts';
import { type Block, type Letter, sourcesOf, type Table } from '#src/domain/explanation/letter.ts';
import { letterHtml } from '#src/domain/explanation/letter-html.ts';
import { letterText } from '#src/domain/explanation/letter-text.ts';
import { type Facts, factsKnownAt, type History } from '#src/domain/facts.ts';
import { type Language, periodText, rupiahText } from '#src/domain/language.ts';
import { type LedgerMonth, ledgerOf, openCharge } from '#src/domain/ledger/ledger.ts';
import { rosterSums } from '#src/domain/rules/roster.ts';
import { remedyOf } from '#src/domain/verdict/remedy.ts';
import { verdictOf } from '#src/domain/verdict/verdict-document.ts';
import { allFacts, history, law, TODAY } from './histories.ts';

const RUNS = { numRuns: 200 };
const INSTANT = `${TODAY}T06:00:00.000Z`;
const someDay = fc.integer({ min: -250, max: 200 }).map((days) => addDays(TODAY, days));
const language = fc.constantFrom<Language[]>('id', 'en');

const knownOf = (facts: Facts, asOf: string) => ({ facts, asOf, knownAt: INSTANT, dataCutoff: INSTANT });
const explain = (facts: Facts, asOf: string, to: Language) => explanationOf(knownOf(facts, asOf), law, to);

const tablesOf = (blocks: readonly Block[]) =>
  blocks.filter((block): block is Table => block.kind === 'table');

/** What stands under the heading of a month. */
function sectionOf({ blocks }: Letter, text: string): readonly Block[] {
  const start = blocks.findIndex((block) => block.kind === 'heading' && block.text === text);
  const length = blocks.slice(start + 1).findIndex((block) => block.kind === 'heading');
  return start < 0 ? [] : blocks.slice(start + 1, start + 1 + length);
}

function amountsIn(blocks: readonly Block[]): number[] {
  const cells = tablesOf(blocks).flatMap(({ rows, total = [] }) => [...rows.flat(), ...total]);
  return cells.flatMap((cell) => ('amount' in cell ? [cell.amount] : []));
}

const isOpen = (month: LedgerMonth) => month.outstanding > 0 || openCharge(month) > 0;

test('every sum under a table is the sum of its column', () => {
  let summed = 0;
  fc.assert(
    fc.property(history, someDay, language, (past, day, to) => {
      for (const { caption, columns, rows, total = [] } of tablesOf(
        explain(allFacts(past), day, to).blocks,
      )) {
        expect(rows.length).toBeGreaterThan(0);
        for (const row of rows) expect(row).toHaveLength(columns.length);
        for (const [column, cell] of total.entries()) {
          if (!('amount' in cell)) continue;
          const amounts = rows.map((row) => (row[column] as { amount: number }).amount);
          expect(cell.amount, caption).toBe(amounts.reduce((sum, amount) => sum + amount, 0));
          summed += 1;
        }
      }
    }),
    RUNS,
  );
  expect(summed).toBeGreaterThan(RUNS.numRuns);
});

test('the amounts are the ledger’s, the verdict’s and the remedy’s own', () => {
  fc.assert(
    fc.property(history, someDay, language, (past, day, to) => {
      const facts = allFacts(past);
      const letter = explain(facts, day, to);
      const [text, html] = [letterText(letter), letterHtml(letter)];
      const ledger = ledgerOf(facts, law, day);
      for (const month of ledger.months.filter(isOpen)) {
        const section = sectionOf(letter, periodText(month.period, to));
        const { due, paid, outstanding, lateCharge, lateChargePaid } = month;
        const results = [due, paid, outstanding, lateCharge, lateChargePaid, openCharge(month)];
        const shown = amountsIn(section.slice(-1));
        expect(new Set(shown)).toEqual(new Set(results));
        const parts = [...month.parts, ...month.penaltyParts].map(({ amount }) => amount);
        expect(amountsIn(section)).toEqual(expect.arrayContaining(parts));
        for (const amount of [...results, ...parts]) {
          expect(text).toContain(rupiahText(amount, to));
          expect(html).toContain(rupiahText(amount, to));
        }
      }
      const { arrears } = verdictOf(knownOf(facts, day), law, to);
      const { total, chargePerFurtherMonth, items } = remedyOf(facts, law, day);
      const all = amountsIn(letter.blocks);
      if (ledger.months.some(isOpen))
        expect(all).toEqual(
          expect.arrayContaining([arrears.contributions, arrears.lateCharge, arrears.total]),
        );
      if (items.length > 0) expect(all).toEqual(expect.arrayContaining([total, chargePerFurtherMonth]));
      for (const amount of [ledger.credit, ledger.penaltyCredit])
        if (amount > 0) expect(all).toContain(amount);
    }),
    RUNS,
  );
});

test('it rests on facts and parameters that there are, and lists all of them', () => {
  const calendars = law.holidayYears.map(({ year }) => `calendar/${year}`);
  const parameters = new Set([...law.parameters.map(({ id }) => id), ...calendars, 'calendar/fixed']);
  fc.assert(
    fc.property(history, someDay, language, (past, day, to) => {
      const facts = allFacts(past);
      const letter = explain(facts, day, to);
      const ids = {
        employer: [facts.employerId],
        declaration: facts.declarations.map(({ id }) => id),
        payment: facts.payments.map(({ id }) => id),
        flag: facts.flags.map(({ id }) => id),
        sanction: facts.sanctions.map(({ id }) => id),
        plan: idsOf(facts, 'plan'),
        dispute: idsOf(facts, 'dispute'),
        regularisation: idsOf(facts, 'regularisation'),
        evidence: facts.evidence.map(({ id }) => id),
        minimum_wage: facts.minimumWages.map(({ regionCode, year }) => `${regionCode}/${year}`),
      };
      const listed = tablesOf(letter.blocks)
        .slice(-2)
        .flatMap(({ rows }) => rows.map((row) => row.map((cell) => ('text' in cell ? cell.text : ''))));
      const sources = sourcesOf(letter.blocks);
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) {
        if ('fact' in source) {
          expect(ids[source.fact]).toContain(source.id);
          expect(listed.filter(([, id]) => id === source.id)).toHaveLength(1);
        } else {
          expect(parameters).toContain(source.parameter);
          expect(listed.some(([id, value]) => id === source.parameter && value === source.value)).toBe(true);
        }
      }
      const used = ledgerOf(facts, law, day).months.flatMap((month) => [
        month.declarationId,
        ...[...month.parts, ...month.penaltyParts].map(({ paymentId }) => paymentId),
      ]);
      const named = sources.flatMap((source) => ('fact' in source ? [source.id] : []));
      expect(named).toEqual(expect.arrayContaining(used));
    }),
    RUNS,
  );
});

function idsOf(facts: Facts, kind: Facts['suspensions'][number]['kind']): string[] {
  return facts.suspensions.filter((each) => each.kind === kind).map(({ id }) => id);
}

test('a letter has no line that is too long, no hole, and the same bytes each time', () => {
  fc.assert(
    fc.property(history, someDay, language, (past, day, to) => {
      const letter = explain(allFacts(past), day, to);
      const [text, html] = [letterText(letter), letterHtml(letter)];
      expect(text.split('\n').filter(({ length }) => length > 100)).toEqual([]);
      for (const form of [text, html]) expect(form).not.toMatch(/undefined|NaN|\[object/);
      expectBalanced(html);
      const again = explain(structuredClone(allFacts(past)), day, to);
      expect([letterText(again), letterHtml(again)]).toEqual([text, html]);
    }),
    RUNS,
  );
});

/** Every element that is opened is closed, in order. */
function expectBalanced(html: string): void {
  const open: string[] = [];
  for (const [, close, name] of html.matchAll(/<(\/?)([a-z]\w*)[^>]*>/g)) {
    if (name === 'meta') continue;
    if (close) expect(open.pop()).toBe(name);
    else open.push(name!);
  }
  expect(open).toEqual([]);
}

/** What is known of a company whose workers have Rp 4,000,000 and JKK, JKM and JHT, with one month declared. */
function company(attributes: Partial<EmployerAttributes>, period: string, workers = 1): Facts {
  const line = { wage: 4_000_000, programmes: 7, birthDate: '1990-01-01', citizenship: 'ID' };
  const recordedAt = '2026-10-05T05:00:00.000Z';
  const past: History = {
    employerId: '019a0000-0000-7000-8000-000000000002',
    changes: [
      {
        recordedAt,
        attributes: {
          legalName: 'PT Satu Pekerja',
          kind: 'private',
          scale: 'small',
          sector: 'general',
          regionCode: '34.01',
          registeredOn: '2015-07-01',
          ...attributes,
        },
      },
    ],
    declarations: [
      { id: 'declared', period, recordedAt, ...rosterSums(law, period, new Array(workers).fill(line)) },
    ],
    payments: [],
    reversals: [],
    flags: [],
    suspensions: [],
    evidence: [],
    sanctions: [],
    inspections: [],
    minimumWages: [],
  };
  return factsKnownAt(past, INSTANT)!;
}

test('a name cannot become markup, and stands in plain text as it is', () => {
  const legalName = `PT <b>&"' </title><script>alert(1)</script>`;
  const letter = explain(company({ legalName }, '2026-09'), TODAY, 'id');
  const html = letterHtml(letter);
  expect(html).toContain('PT &lt;b&gt;&amp;&quot;&#39; &lt;/title&gt;&lt;script&gt;');
  expect(html).not.toMatch(/<b>|<script/);
  expectBalanced(html);
  expect(letterText(letter)).toContain(`Penjelasan status kepatuhan ${legalName}`);
});

test('a name without a blank does not widen the page', () => {
  const letter = explain(company({ legalName: 'W'.repeat(300) }, '2026-09'), TODAY, 'en');
  expect(
    letterText(letter)
      .split('\n')
      .filter(({ length }) => length > 100),
  ).toEqual([]);
});

/** The row of the month's tables that begins with these words. */
function rowOf(letter: Letter, month: string, what: string): Table['rows'][number] | undefined {
  return tablesOf(sectionOf(letter, month))
    .flatMap(({ rows }) => rows)
    .find(([cell]) => cell && 'text' in cell && cell.text === what);
}

test('it says where the class comes from', () => {
  const row = (attributes: Partial<EmployerAttributes>) =>
    rowOf(explain(company(attributes, '2026-09'), TODAY, 'en'), 'September 2026', 'JKK risk class');
  const employer = { fact: 'employer', id: '019a0000-0000-7000-8000-000000000002' };
  expect(row({ jkkClass: 'II', jkkClassOrigin: 'declared' })?.slice(1)).toEqual([
    { text: 'II, declared by the employer' },
    { sources: [employer] },
  ]);
  const assumed = { parameter: 'policy/class-without-decision' };
  const indicative = { parameter: 'policy/indicative-jkk-class', value: 'III' };
  expect(row({ kbli: { code: '10711', edition: '2020' } })?.slice(1)).toMatchObject([
    { text: 'III, inferred: none on file, by the KBLI division' },
    { sources: [employer, assumed, indicative] },
  ]);
  for (const attributes of [{}, { kbli: { code: '99000', edition: '2020' } }])
    expect(row(attributes)?.slice(1)).toMatchObject([
      { text: 'I, inferred: none on file, taken as class I' },
      { sources: [employer, assumed] },
    ]);
});

test('the relief of labour-intensive industry is told with what it depends on', () => {
  const letter = (workers: number) =>
    explain(
      company({ jkkClass: 'II', labourIntensiveIndustry: 'footwear' }, '2025-03', workers),
      '2025-04-20',
      'en',
    );
  expect(rowOf(letter(50), 'March 2025', 'Relief of JKK')?.[2]).toMatchObject({
    sources: [
      { fact: 'employer' },
      { parameter: 'pp-7-2025/jkk/industries' },
      { parameter: 'pp-7-2025/jkk/fewest-workers', value: '50' },
      { parameter: 'pp-7-2025/jkk/paid-through', value: 'January 2025' },
      { parameter: 'policy/labour-intensive-arrears' },
    ],
  });
  expect(rowOf(letter(50), 'March 2025', 'JKK II')?.slice(2)).toMatchObject([
    { amount: 200_000_000 },
    { rate: 2_700 },
    { amount: 540_000 },
    { sources: [{ parameter: 'pp-7-2025/jkk/class-ii', value: '0.27 %' }] },
  ]);
  expect(rowOf(letter(49), 'March 2025', 'Relief of JKK')).toBeUndefined();
});

test('government employers are told why no late charge is asked of them', () => {
  const text = letterText(explain(company({ kind: 'government' }, '2026-08'), TODAY, 'en'));
  expect(text).toMatch(/Months late +3 /);
  expect(text).toContain('government employers are not charged');
  expect(text).toContain('policy/late-charge-of-government');
  expect(text).not.toContain('pp-44-2015/payment/late-charge');
});

test('the cuts of PP 49/2020 stand beside the rates that they cut', () => {
  const facts = company({ jkkClass: 'I', jkkClassOrigin: 'bpjs_decision' }, '2020-10');
  const text = letterText(explain(facts, '2020-12-15', 'en'));
  expect(text).toMatch(/JKK I +employer +Rp 4,000,000 +0\.0024 % +Rp 96 /);
  expect(text).toMatch(/PP 49\/2020 .*\n.*pp-49-2020\/jkk\//);
});

test('a moved due day is told with the days that it moved over, why, and the decree', () => {
  const row = rowOf(explain(company({}, '2026-07'), '2026-08-20', 'en'), 'July 2026', 'Due day');
  expect(row?.slice(1)).toMatchObject([
    {
      text:
        '18 August 2026, moved from 15 August 2026 (Saturday), 16 August 2026 (Sunday) and ' +
        '17 August 2026 (Hari Kemerdekaan)',
    },
    {
      sources: [
        { parameter: 'pp-44-2015/payment/due-day', value: 'day 15 of the following month' },
        { parameter: 'calendar/2026', article: 'Joint decree (SKB) 1497/2025, 2/2025, 5/2025 annex' },
        { parameter: 'policy/working-week' },
      ],
    },
  ]);
});

test('a due day that stays on collective leave cites the policy, one of a year to come is provisional', () => {
  const leave = rowOf(explain(company({}, '2026-04'), '2026-06-01', 'en'), 'April 2026', 'Due day');
  expect(leave?.slice(1)).toMatchObject([
    { text: '15 May 2026; collective leave (Kenaikan Yesus Kristus) counts as a working day' },
    { sources: [{}, { parameter: 'policy/collective-leave-is-working-day', value: 'yes' }] },
  ]);
  const ahead = rowOf(explain(company({}, '2026-12'), '2027-01-20', 'en'), 'December 2026', 'Due day');
  expect(ahead?.[1]).toEqual({
    text: '15 January 2027; provisional: the holidays of that year are not entered',
  });
});

/** Ids of the parameters in a cell of sources. */
function parametersIn(row: Table['rows'][number] | undefined): string[] {
  const sources = row?.flatMap((cell) => ('sources' in cell ? cell.sources : [])) ?? [];
  return sources.flatMap((source) => ('parameter' in source ? [source.parameter] : []));
}

const part = (amount: number, paidOn: string, period: string): Facts['payments'][number] => ({
  id: `paid-${paidOn}`,
  amount,
  paidOn,
  recordedAt: INSTANT,
  period,
  penalty: false,
});

test('every product decision is cited where it is stated, and listed with its words', () => {
  const facts = { ...company({}, '2026-07'), payments: [part(100_000, '2026-08-10', '2026-07')] };
  const letter = explain(facts, '2026-09-20', 'en');
  const cited = (month: string, what: string) => parametersIn(rowOf(letter, month, what));
  expect(cited('August 2026', 'Declaration')).toEqual(['policy/undeclared-month']);
  expect(cited('July 2026', 'Declaration')).toEqual([]);
  expect(cited('July 2026', 'Contribution')).toEqual(['policy/rounding']);
  expect(cited('July 2026', 'Paid')).toEqual(['policy/payment-order']);
  expect(cited('July 2026', 'Months late')).toContain('policy/part-month');
  expect(cited('July 2026', 'Late charge')).toEqual([
    'pp-44-2015/payment/late-charge',
    'policy/late-charge-on',
  ]);
  const split = tablesOf(letter.blocks).find(({ caption }) => caption.includes('paid in part'));
  expect(split?.rows.map(([month, programme]) => [month, programme])).toEqual([
    [{ text: 'July 2026' }, { text: 'JKK' }],
    [{ text: 'July 2026' }, { text: 'JKM' }],
    [{ text: 'July 2026' }, { text: 'JHT' }],
  ]);
  expect(parametersIn(split?.rows[0])).toEqual(['policy/partial-payment-split']);
  const listed = tablesOf(letter.blocks).at(-2)!.rows;
  expect(listed).toContainEqual([
    { text: 'policy/undeclared-month' },
    { text: 'computed from the last declaration until the month is declared' },
    { text: 'Patuh policy on months that are not declared' },
    { text: 'product decision' },
  ]);
  expect(letterText(letter)).toContain('- product decision: decided by Patuh where the law is silent');
});

test('a compliant employer’s letter lists the parameters that its settled months rest on', () => {
  const bill = 4_000_000 * 0.0624;
  const facts = { ...company({}, '2026-09'), payments: [part(bill, '2026-10-01', '2026-09')] };
  const letter = explain(facts, '2026-10-10', 'en');
  const listed = tablesOf(letter.blocks)
    .at(-2)!
    .rows.map(([id]) => id && 'text' in id && id.text);
  expect(listed).toEqual([
    'policy/class-without-decision',
    'policy/payment-order',
    'policy/rounding',
    'policy/unconfirmed-class-warning',
    'pp-44-2015/jkk/class-i',
    'pp-44-2015/jkm/rate',
    'pp-44-2015/payment/due-day',
    'pp-46-2015/jht/employer',
    'pp-46-2015/jht/worker',
  ]);
  const rules = tablesOf(letter.blocks).find(({ caption }) => caption === 'Parameters of the settled months');
  expect(rules?.rows).toContainEqual([
    { text: 'JKK contribution, class I, very low risk' },
    { text: '0.24 %' },
    { text: 'September 2026' },
    { sources: [expect.objectContaining({ parameter: 'pp-44-2015/jkk/class-i', certainty: 'C1' })] },
  ]);
});

test('it is addressed to the company, and says how to object', () => {
  const address = 'Jl. Wates KM 12, Sentolo';
  const text = (attributes: Partial<EmployerAttributes>, to: Language) =>
    letterText(explain(company(attributes, '2026-07'), '2026-09-20', to));
  expect(text({ address }, 'en')).toContain(`To: PT Satu Pekerja, ${address}\n`);
  expect(text({}, 'id')).toContain('Kepada: PT Satu Pekerja\n');
  const indonesian = text({}, 'id');
  expect(indonesian).toContain('/v1/disputes');
  expect(indonesian).toContain('Versi perangkat aturan');
  expect(indonesian).toContain('kebijakan Patuh “Pembulatan iuran”');
  expect(indonesian).not.toMatch(/beres|kebijakan Patuh,|\bart\. /);
});
