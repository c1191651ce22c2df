import type { ZodFastifySchemaValidationError } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { Fault, Language } from './problem.ts';

type Sentence = Record<Language, string>;

/** Sentences for what zod finds; a schema's own message wins where it is one of ours (`{ id, en }` under `params`). */
function sentence(code: string, params: Record<string, unknown>): Sentence {
  switch (code) {
    case 'required':
      return { id: 'Wajib diisi.', en: 'Required.' };
    case 'invalid_type':
      return { id: `Harus berjenis ${params.expected}.`, en: `Must be of type ${params.expected}.` };
    case 'invalid_value':
      return {
        id: `Harus salah satu dari: ${list(params.values)}.`,
        en: `Must be one of: ${list(params.values)}.`,
      };
    case 'invalid_format':
      return { id: `Bukan ${params.format} yang sah.`, en: `Not a valid ${params.format}.` };
    case 'too_small':
      return { id: `Paling sedikit ${params.minimum}.`, en: `At least ${params.minimum}.` };
    case 'too_big':
      return { id: `Paling banyak ${params.maximum}.`, en: `At most ${params.maximum}.` };
    case 'unrecognized_keys':
      return { id: 'Tidak dikenal.', en: 'Not a known field.' };
    default:
      return { id: 'Nilai tidak sah.', en: 'Not a valid value.' };
  }
}

/** The faults of a request that its schema refused, one per wrong place, in the caller's language. */
export function faultsOf(
  issues: readonly ZodFastifySchemaValidationError[],
  context: string,
  language: Language,
): Fault[] {
  const prefix = context === 'headers' ? '/headers' : '';
  return issues.flatMap(({ instancePath, keyword, message, params }) =>
    faultsAt(
      `${prefix}${instancePath === '/' ? '' : instancePath}`,
      keyword,
      message ?? '',
      params,
      language,
    ),
  );
}

/** The same for issues that come from zod itself. */
export function faultsOfIssues(issues: readonly z.core.$ZodIssue[], language: Language): Fault[] {
  return issues.flatMap(({ path, code, message, ...params }) =>
    faultsAt(path.map((step) => `/${escape(String(step))}`).join(''), code, message, params, language),
  );
}

function faultsAt(
  at: string,
  keyword: string,
  message: string,
  params: Record<string, unknown>,
  language: Language,
): Fault[] {
  if (keyword === 'unrecognized_keys') {
    return (params.keys as string[]).map((key) => ({
      pointer: `${at}/${escape(key.slice(0, 100))}`,
      code: 'unknown_field',
      detail: sentence('unrecognized_keys', params)[language],
    }));
  }
  if (keyword === 'invalid_union' && Array.isArray(params.options))
    return faultsAt(at, 'invalid_value', message, { values: params.options }, language);
  const own = params.params as { code?: string; sentence?: Sentence } | undefined;
  const missing = keyword === 'invalid_type' && /received undefined$/.test(message);
  const code = own?.code ?? (missing ? 'required' : keyword);
  return [{ pointer: at, code, detail: (own?.sentence ?? sentence(code, params))[language] }];
}

/** RFC 6901 section 3. */
function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.join(', ') : String(values);
}
