import { z } from 'zod';
import { PROGRAMMES, type Programme } from '#src/domain/parameters.ts';
import { RupiahOut, rule } from './fields.ts';

/** Programmes that somebody is enrolled in, each once. */
export const ProgrammesField = z
  .array(z.enum(PROGRAMMES))
  .min(1)
  .max(PROGRAMMES.length)
  .refine(
    (list) => new Set(list).size === list.length,
    rule('duplicate', 'Program berulang.', 'A programme twice.'),
  );

const Share = z
  .object({ employer: RupiahOut, worker: RupiahOut, base: RupiahOut })
  .meta({ id: 'ProgrammeShare' });

/** What each programme costs employer and worker; a programme that nobody is enrolled in is absent. */
export const ProgrammeShares = z.object(
  Object.fromEntries(PROGRAMMES.map((programme) => [programme, Share.optional()])) as Record<
    Programme,
    z.ZodOptional<typeof Share>
  >,
);
