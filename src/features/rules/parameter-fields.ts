import { z } from 'zod';
import { type Basis, CERTAINTIES, citation, type LawParameter, shownValue } from '#src/law/index.ts';

const Text = z.string().max(1000);
const Scalar = z.union([Text, z.int()]);
const Row = z.record(z.string().max(100), Scalar);

/** A value of law: integers for amounts and counts, decimal text for percentages, lists and tables of these. */
export const ParameterValue = z
  .union([
    Scalar,
    z.array(z.union([Scalar, Row])).max(1000),
    z.record(z.string().max(100), z.union([Scalar, Row])),
  ])
  .meta({
    id: 'ParameterValue',
    description:
      'By its unit: whole rupiah, years and other counts as integers, percentages as decimal text, tables as rows',
  });

export const MonthOrDay = z
  .string()
  .max(10)
  .meta({ description: 'Contribution month or day', examples: ['2026-03', '2026-03-01'] });

export const Article = z.string().max(300).meta({ description: 'Where the law says so' });

export const Certainty = z.enum(CERTAINTIES).meta({
  id: 'Certainty',
  description:
    'C1 read in the regulation, C2 in a report of it, C3 on a weak page; R recalled; D derived; or a product decision',
});

/** Where a value of law stands, for who wants to look it up. */
export const Source = z
  .object({ instrument: Text, publication: Text, summary: z.string().max(5000), status: Certainty })
  .meta({ id: 'LawSource' });

/** What tells one parameter from another. */
export const ParameterName = {
  title: z.string().max(300),
  unit: z.string().max(50).meta({ description: 'What the value is, and how it is read' }),
};

/** Article and source as they go out. */
export function sourced(basis: Basis): { article: string; source: z.input<typeof Source> } {
  const { instrument, publication, summary, status } = basis;
  return { article: citation(basis), source: { instrument, publication, summary, status } };
}

/** The value as it goes out. */
export function valueView({ unit }: LawParameter, written: unknown): z.input<typeof ParameterValue> {
  return shownValue(unit, written) as z.input<typeof ParameterValue>;
}
