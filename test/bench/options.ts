import { parseArgs } from 'node:util';
import { MODELS } from './models.ts';
import { ASKED_ONLY, PARTS, type Sizes } from './parts.ts';

type Size = [usual: number, what: string, least?: number, most?: number];

/** What each size is by default, what it is a size of, and between what it lies. */
const SIZES: Record<Exclude<keyof Sizes, 'keep' | 'citus'>, Size> = {
  employers: [20_000, 'employers of imports, recomputation, overload, capacity, partitions and Citus'],
  lines: [1_000_000, 'roster lines of a month'],
  asked: [60_000, 'employers that single checks are asked about; a process remembers 20,000', 32],
  batch: [10_000, 'subjects of a batch of checks', 1, 10_000],
  nation: [1_000_000, 'employers of the country whose lists are read', MODELS],
  small: [10_000, 'employers of the small one beside it', MODELS],
  payments: [200, 'payments after each of which a check is asked for', 1, 40_000],
  months: [10, 'months whose room is measured by capacity', 1, 120],
  checks: [100_000, 'checks whose room is measured by capacity'],
  seconds: [8, 'seconds of each load of single checks'],
  overload: [60, 'seconds of overload'],
  rounds: [3, 'how often checks, recomputation, exports and cold starts are measured', 1, 50],
};

export type Options = {
  only: string[] | undefined;
  json: string | undefined;
  keep: string | undefined;
  citus: string | undefined;
  sizes: Omit<Sizes, 'keep' | 'citus'>;
};

/** What the command line asks for; undefined where it asks what can be asked for. Throws an Error that says what is wrong. */
export function readOptions(args: string[]): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      json: { type: 'string' },
      keep: { type: 'string' },
      citus: { type: 'string' },
      ...Object.fromEntries(Object.keys(SIZES).map((name) => [name, { type: 'string' as const }])),
    },
  });
  const { help, only, json, keep, citus, ...given } = values;
  if (help) return undefined;
  for (const name of only ?? []) {
    if (!Object.hasOwn(PARTS, name))
      throw new Error(`--only takes one of ${Object.keys(PARTS).join(', ')}: ${name}`);
  }
  if (only?.includes('citus') && citus === undefined)
    throw new Error('--only citus needs --citus, the address of an empty database on a coordinator');
  if (citus !== undefined && !only?.includes('citus')) throw new Error('--citus needs --only citus');
  const sizes = Object.entries(SIZES).map(([name, [usual, , least = 1, most = 100_000_000]]) => {
    const size = (given as Record<string, string>)[name] ?? String(usual);
    if (!/^\d{1,9}$/.test(size) || Number(size) < least || Number(size) > most)
      throw new Error(`--${name} takes a whole number from ${least} to ${most}`);
    return [name, Number(size)];
  });
  return { only, json, keep, citus, sizes: Object.fromEntries(sizes) };
}

export function helpText(): string {
  const parts = Object.keys(PARTS).map((name) =>
    ASKED_ONLY.includes(name) ? `${name} (only if asked for)` : name,
  );
  const lines = [
    ['--only PART', `one part, may be repeated: ${parts.join(', ')}`],
    ['--json FILE', 'where the figures go, besides the table'],
    ['--keep FOLDER', 'where countries of employers are kept for later runs'],
    ['--citus URL', 'an empty database on a coordinator of Citus that knows its workers'],
    ...Object.entries(SIZES).map(([name, [usual, what]]) => [`--${name} N`, `${what}: ${usual}`]),
  ];
  return lines.map(([option, what]) => `${option!.padEnd(16)}${what}`).join('\n');
}
