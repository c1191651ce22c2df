import { z } from 'zod';
import { PROGRAMMES, type Programme } from '#src/domain/parameters.ts';
import { allDiffer, RupiahOut, rule } from './fields.ts';

/** Programmes that somebody is enrolled in, each once. */
export const ProgrammesField = z
  .array(z.enum(PROGRAMMES))
  .min(1)
  .max(PROGRAMMES.length)
  .refine(allDiffer, rule('duplicate', 'Program berulang.', 'A programme twice.'));

const Share = z
  .object({ employer: RupiahOut, worker: RupiahOut, base: RupiahOut })
  .meta({ id: 'ProgrammeShare' });

/** Something of each programme; a programme that nobody is enrolled in is absent. */
function byProgramme<T extends z.ZodType>(each: T) {
  return z.object(
    Object.fromEntries(PROGRAMMES.map((programme) => [programme, each.optional()])) as Record<
      Programme,
      z.ZodOptional<T>
    >,
  );
}

/** What each programme costs employer and worker. */
export const ProgrammeShares = byProgramme(Share);

/** An amount of each programme. */
export const ProgrammeAmounts = byProgramme(RupiahOut);
