import { z } from 'zod';
import { text } from './fields.ts';

/** The `{employer}` of a path. */
export const EmployerParams = z.strictObject({
  employer: text(200).meta({ description: 'Id, `npp:<NPP>` or `nib:<NIB>`', examples: ['npp:AB123456'] }),
});
