import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Command } from './command.ts';
import { Refusal } from './refusal.ts';

// As launch.mjs has it, for who starts this file by itself; only what is imported from here on is kept compiled.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)));

const COMMANDS: Record<string, () => Promise<{ command: Command }>> = {
  token: () => import('./token.ts'),
  agency: () => import('./agency.ts'),
  client: () => import('./client.ts'),
  migrate: () => import('./migrate.ts'),
  rules: () => import('./rules.ts'),
  'minimum-wages': () => import('./minimum-wages.ts'),
  openapi: () => import('./openapi.ts'),
};

async function help(): Promise<string> {
  const usages = await Promise.all(Object.values(COMMANDS).map(async (load) => (await load()).command.usage));
  return `patuh <command>\n\n${usages.join('\n\n')}\n`;
}

const [name = 'help', ...args] = process.argv.slice(2);
const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
try {
  if (load) await (await load()).command.run(args);
  else if (['help', '--help', '-h'].includes(name)) process.stdout.write(await help());
  else throw new Refusal(`there is no command '${name}'\n\n${await help()}`);
} catch (error) {
  process.stderr.write(`patuh: ${await explain(error)}\n`);
  process.exitCode = 1;
}

/** What went wrong, in words for a person. Messages of the database stay out: they carry bound values. */
async function explain(error: unknown): Promise<string> {
  const { ConfigError } = await import('#src/config.ts');
  const { describeDatabaseError } = await import('#src/db/index.ts');
  if (error instanceof Refusal || error instanceof ConfigError) return error.message;
  const database = describeDatabaseError(error);
  if (database?.sqlState === '42P01') return 'the database is not migrated: run `patuh migrate`';
  if (database) return `the database refused (${database.sqlState} ${database.constraint ?? ''})`;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code?.startsWith('ERR_PARSE_ARGS')) return message;
  if (code !== undefined) return `${code}: the database, or a file, cannot be reached`;
  // Messages of the query builder quote the values that it has bound.
  return /^Failed query/.test(message) ? 'the database cannot be asked now' : (stack ?? String(error));
}
