import { z } from 'zod';
import { CERTAINTIES } from '#src/domain/certainty.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { Bilingual, Text } from './basis.ts';
import type { LawFiles } from './law-files.ts';
import { readYaml } from './yaml-file.ts';

const Reasons = z.record(
  z.enum(REASON_CODES),
  z.strictObject({ article: Text, title: Bilingual, status: z.enum(CERTAINTIES) }),
);

/** The law behind each reason of a verdict, with how sure it is. */
export type LawReasons = z.infer<typeof Reasons>;

/** Reads the law behind each reason; a reason without one is refused. */
export function readReasons(files: LawFiles): LawReasons {
  return readYaml(files, 'reasons.yaml', Reasons);
}
