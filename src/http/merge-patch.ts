import { z } from 'zod';
import { faultsOfIssues } from './faults.ts';
import { type Language, Problem } from './problem.ts';

/**
 * The JSON Merge Patch (RFC 7396) of an object: every member may be absent, or null to remove it, and objects inside
 * merge as well. What a patch leaves behind is checked by {@link mergePatch}.
 */
export function patchOf(schema: z.ZodObject): z.ZodType<Record<string, unknown>> {
  const members = Object.entries(schema.shape).map(([name, member]) => {
    const bare = unwrap(member as z.ZodType);
    const inner = bare instanceof z.ZodObject ? patchOf(bare) : bare;
    return [name, inner.nullable().optional()];
  });
  return z.strictObject(Object.fromEntries(members));
}

/**
 * What `target` becomes under the patch; throws 422 where that is not what `schema` asks for. `at` is the pointer of
 * the patch in the request.
 */
export function mergePatch<T extends z.ZodObject>(
  schema: T,
  target: object,
  patch: object,
  language: Language,
  at = '',
): z.output<T> {
  const merged = schema.safeParse(merge(target, patch));
  if (merged.success) return merged.data;
  const faults = faultsOfIssues(merged.error.issues, language);
  throw new Problem('invalid_content', {
    errors: faults.map((fault) => ({ ...fault, pointer: `${at}${fault.pointer}` })),
  });
}

function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else if (value !== undefined) merged[name] = merge(merged[name], value);
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unwrap(schema: z.ZodType): z.ZodType {
  const wrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
  return wrapped ? unwrap(schema.unwrap() as z.ZodType) : schema;
}
