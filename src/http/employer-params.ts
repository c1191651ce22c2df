import { z } from 'zod';
import { text } from './fields.ts';

/** A reference to an employer in a body or a query. */
export const EmployerField = text(200).meta({ description: 'Id, `npp:<NPP>` or `nib:<NIB>`' });

/** The `{employer}` of a path. */
export const EmployerParams = z.strictObject({
  employer: text(200).meta({
    description: 'Id, `npp:<NPP>` or `nib:<NIB>` of whoever has the number now',
    examples: ['npp:AB123456'],
  }),
});
