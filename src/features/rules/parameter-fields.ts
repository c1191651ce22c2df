import { z } from 'zod';
import { CERTAINTIES } from '#src/domain/certainty.ts';
import { articleText, type Language } from '#src/domain/language.ts';
import { type Basis, citation, type LawParameter, shownValue, valueText } from '#src/law/index.ts';

const Text = z.string().max(1000);
const Scalar = z.union([Text, z.int()]);
const Row = z.record(z.string().max(100), Scalar);

/** What the end of a value's validity says. */
export const UNTIL = 'Eve of the next value; null where none follows';

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

/** A value of law in the language asked for. */
export const ValueText = z.string().max(10_000).meta({
  description: 'The value as people read it, tables in several lines',
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

/** Article and source as they go out; a policy of Patuh is called by the title in Indonesian. */
export function sourced(
  basis: Basis,
  language: Language,
  title?: Record<Language, string>,
): { article: string; source: z.input<typeof Source> } {
  const { instrument, publication, summary, status } = basis;
  return {
    article: articleText(citation(basis), language, title),
    source: { instrument: articleText(instrument, language), publication, summary, status },
  };
}

/** The value as it goes out, and as people read it. */
export function valueView(
  { unit }: LawParameter,
  written: unknown,
  language: Language,
): { value: z.input<typeof ParameterValue>; text: string } {
  return {
    value: shownValue(unit, written) as z.input<typeof ParameterValue>,
    text: valueText(unit, written, language),
  };
}
