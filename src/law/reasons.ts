import { z } from 'zod';
import type { ReasonBasis } from '#src/domain/parameters.ts';
import { REASON_CODES, type ReasonCode } from '#src/domain/reason-codes.ts';
import { Bilingual, CERTAINTIES, Text } from './basis.ts';
import type { LawFiles } from './law-files.ts';
import { readYaml } from './yaml-file.ts';

const Reasons = z.record(
  z.enum(REASON_CODES),
  z.strictObject({ article: Text, title: Bilingual, status: z.enum(CERTAINTIES) }),
);

/** The law behind each reason of a verdict; a reason without one is refused. */
export function readReasons(files: LawFiles): Record<ReasonCode, ReasonBasis> {
  return readYaml(files, 'reasons.yaml', Reasons);
}
