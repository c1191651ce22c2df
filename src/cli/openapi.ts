import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { pino } from 'pino';
import { parse, stringify } from 'yaml';
import { buildApp } from '#src/app.ts';
import { readConfig } from '#src/config.ts';
import type { Deps } from '#src/deps.ts';
import { loadLaw, loadRegions } from '#src/law/index.ts';
import type { Command } from './command.ts';
import { Refusal } from './refusal.ts';

/** The committed document: its differences are those of the API. */
export const COMMITTED = fileURLToPath(new URL('../../openapi/openapi.yaml', import.meta.url));

const SHOWN = 20;
const WIDTH = 110;

export const command: Command = {
  usage: `patuh openapi [--check]
    writes openapi/openapi.yaml; with --check it only says whether and where it differs from the service`,
  async run(args) {
    const { values } = parseArgs({ args, options: { check: { type: 'boolean' } } });
    const fresh = await openApiText();
    if (!values.check) return writeFile(COMMITTED, fresh);
    const committed = await readFile(COMMITTED, 'utf8').catch(() => '');
    if (committed !== fresh) throw new Refusal(difference(committed, fresh));
  },
};

/** The OpenAPI document of the service as YAML, the same for the same code whatever the order of registration. */
export async function openApiText(): Promise<string> {
  const { paths, components, ...head } = await openApiDocument();
  return stringify(
    { ...head, paths: sorted(paths, sorted), components: sorted(components, sorted) },
    { aliasDuplicateObjects: false, lineWidth: WIDTH },
  );
}

type Document = { paths: object; components: object };

/** What the service answers at `/openapi.json`, of an application that nothing is connected to. */
export async function openApiDocument(): Promise<Document> {
  const app = await buildApp(inertDeps());
  try {
    await app.ready();
    return JSON.parse(JSON.stringify(app.swagger())) as Document;
  } finally {
    await app.close();
  }
}

function inertDeps(): Deps {
  const { privateKey: key } = generateKeyPairSync('ed25519');
  return {
    config: readConfig({}),
    clock: () => new Date(),
    database: inert('database'),
    law: loadLaw(),
    rulesets: inert('rulesets'),
    regions: loadRegions(),
    letters: inert('letters'),
    keyRing: inert('keyRing'),
    // The token endpoint is made with its key.
    keys: inert<Deps['keys']>('keys', { tokenKey: { kid: 'none', alg: 'EdDSA', key } }),
    tokens: inert('tokens'),
    knownEmployers: inert('knownEmployers'),
    log: pino({ level: 'silent' }),
  };
}

/** Stands where nothing is: it may be handed on, part by part, and throws once it is called. */
function inert<T extends object>(name: string, known: Partial<T> = {}): T {
  const refuse = () => {
    throw new Error(`${name} is called while the routes are made`);
  };
  return new Proxy(refuse as unknown as T, {
    get: (_, property) => known[property as keyof T] ?? inert(`${name}.${String(property)}`),
  });
}

function sorted(map: object, inner: (value: never) => unknown = (value) => value): object {
  const entries = Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, inner(value as never)]));
}

function difference(committed: string, fresh: string): string {
  const lines = [...differences(parse(committed), parse(fresh), '#')];
  const shown = lines.length === 0 ? ['in its layout only'] : lines.slice(0, SHOWN);
  const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more`] : [];
  return ['openapi/openapi.yaml is out of date (`npm run openapi` writes it):', ...shown, ...more].join(
    '\n  ',
  );
}

/** One line for each place where two documents differ: only before (-), only after (+), or another value (~). */
function* differences(before: unknown, after: unknown, pointer: string): Generator<string> {
  if (isDeepStrictEqual(before, after)) return;
  if (before === undefined || after === undefined) yield `${before === undefined ? '+' : '-'} ${pointer}`;
  else if (isObject(before) && isObject(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const step = name.replaceAll('~', '~0').replaceAll('/', '~1');
      yield* differences(before[name], after[name], `${pointer}/${step}`);
    }
  } else yield `~ ${pointer}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
