import { z } from 'zod';

const PORT = z.coerce.number().int().min(0).max(65_535);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Every setting that the environment can hold; what is not set here is not read anywhere. */
const Environment = z
  .object({
    HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
    PORT: PORT.default(8080).describe('port to listen on; 0 chooses a free one'),
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' })
      .optional()
      .describe('PostgreSQL 15 to 18; absent: the embedded one'),
    PATUH_DATA_DIR: z.string().min(1).default('.patuh').describe('embedded database and keys'),
    PATUH_SAMPLE: z.enum(['on', 'off']).default('on').describe('sample region on a first empty start'),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'must be an http(s):// URL' })
      .optional()
      .describe('where callers reach the service; issuer of its tokens'),
    MIGRATE_ON_START: flag.default(false).describe('migrate a DATABASE_URL at start'),
    OIDC_ISSUER: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('external token issuer'),
    OIDC_AUDIENCE: z.string().min(1).optional().describe('audience that its tokens must name'),
    RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(120_000).describe('requests per client'),
    DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(500).default(20).describe('size of the pool'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
      .default('info')
      .describe('log level'),
    DOCS: z.enum(['on', 'off']).default('on').describe('docs page at /docs'),
  })
  .refine((env) => (env.OIDC_ISSUER === undefined) === (env.OIDC_AUDIENCE === undefined), {
    path: ['OIDC_AUDIENCE'],
    error: 'OIDC_ISSUER and OIDC_AUDIENCE are set together or not at all',
  });

export type Config = Readonly<z.infer<typeof Environment>>;

/** A setting has a wrong value; the message names each one. */
export class ConfigError extends Error {}

/** Reads the settings from an environment; an empty value counts as not set. Throws {@link ConfigError}. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.keys(Environment.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const result = Environment.safeParse(given);
  if (result.success) return Object.freeze(result.data);
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`Wrong settings:\n${lines.join('\n')}`);
}
