import { createReadStream, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type RecordedBy, transaction } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { rupiahText } from '#src/domain/language.ts';
import { stateMinimumWage } from '#src/facts/index.ts';
import { MinimumWageParams, MinimumWageStatement } from '#src/features/minimum-wages/minimum-wage.ts';
import { faultsOfIssues } from '#src/http/faults.ts';
import { IMPORT_MESSAGES, parseRupiah, readCsv } from '#src/imports/index.ts';
import { loadLaw, loadRegions } from '#src/law/index.ts';
import type { Command } from './command.ts';
import { atWork, type Workplace } from './open.ts';
import { Refusal } from './refusal.ts';

/** What comes with the program: provincial minimum wages with their sources. */
const SHIPPED = new URL('./data/', import.meta.url);
const COLUMNS = ['regionCode', 'year', 'monthly', 'source'] as const;
const BY: RecordedBy = { client: 'cli', agency: 'cli', sub: 'cli' };

const DONE = { created: 'added', superseded: 'changed', unchanged: 'unchanged' } as const;
type Counts = Record<(typeof DONE)[keyof typeof DONE] | 'refused', number>;

export const command: Command = {
  usage: `patuh minimum-wages [file.csv]
    records minimum wages from a file with the columns ${COLUMNS.join(', ')},
    or, without a file, the provincial ones of 2025 and 2026 that come with Patuh`,
  async run(args) {
    const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
    if (positionals.length > 1) throw new Refusal(command.usage);
    await atWork((workplace) => load(workplace, positionals[0] === undefined ? shipped() : [positionals[0]]));
  },
};

function shipped(): URL[] {
  const files = readdirSync(SHIPPED).filter((file) => /^ump-\d{4}\.csv$/.test(file));
  return files.sort().map((file) => new URL(file, SHIPPED));
}

/** Records what is in order, line by line, and says what it did; exit code 1 where a line was refused. */
async function load({ database }: Workplace, files: readonly (string | URL)[]): Promise<void> {
  const deps = { clock: () => new Date(), law: loadLaw(), regions: loadRegions() };
  const counts: Counts = { added: 0, changed: 0, unchanged: 0, refused: 0 };
  for (const file of files) {
    for await (const { line, stated } of statementsIn(file, deps)) {
      const name = `${file instanceof URL ? file.pathname.split('/').at(-1) : file}:${line}`;
      if (typeof stated === 'string') {
        counts.refused += 1;
        process.stdout.write(`${name}: refused: ${stated}\n`);
        continue;
      }
      const { wage, outcome } = await transaction(database, (tx) => stateMinimumWage(deps, tx, BY, stated));
      const { regionCode, regionName, year, monthly } = wage;
      const what = `${regionCode} ${regionName} ${year} ${rupiahText(monthly, 'en')}`;
      counts[DONE[outcome]] += 1;
      process.stdout.write(`${name}: ${DONE[outcome]} ${what}\n`);
    }
  }
  const said = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  process.stdout.write(`${said.join(', ')}\n`);
  if (counts.refused > 0) process.exitCode = 1;
}

type Stated = Parameters<typeof stateMinimumWage>[3];

/** The statements of a file by its lines, or why a line is none. */
async function* statementsIn(
  file: string | URL,
  { regions }: Pick<Deps, 'regions'>,
): AsyncGenerator<{ line: number; stated: Stated | string }> {
  let header: readonly string[] | undefined;
  for await (const lines of readCsv(createReadStream(file))) {
    for (const { line, cells, rejections } of lines) {
      if (header === undefined) header = headerOf(cells);
      else if (rejections) yield { line, stated: IMPORT_MESSAGES[rejections[0]!.code].en };
      else yield { line, stated: statementOf(header, cells, regions) };
    }
  }
  if (header === undefined) throw new Refusal('the file is empty');
}

function headerOf(cells: readonly string[]): readonly string[] {
  const header = cells.map((cell) => cell.trim());
  const missing = COLUMNS.slice(0, 3).find((column) => !header.includes(column));
  if (missing !== undefined) throw new Refusal(`the file has no column ${missing}`);
  const unknown = header.find((column) => !(COLUMNS as readonly string[]).includes(column));
  if (unknown !== undefined) throw new Refusal(`the file has an unknown column '${unknown}'`);
  return header;
}

function statementOf(
  header: readonly string[],
  cells: readonly string[],
  regions: Deps['regions'],
): Stated | string {
  if (cells.length > header.length) return 'more cells than columns';
  const said = Object.fromEntries(header.map((column, index) => [column, (cells[index] ?? '').trim()]));
  const { regionCode, year, monthly = '', source } = said;
  const amount = parseRupiah(monthly);
  if (typeof amount !== 'number') return `monthly: ${IMPORT_MESSAGES[amount.code].en}`;
  const params = MinimumWageParams.safeParse({ regionCode, year });
  const body = MinimumWageStatement.safeParse({ monthly: amount, ...(source && { source }) });
  const issues = [...(params.error?.issues ?? []), ...(body.error?.issues ?? [])];
  if (!params.success || !body.success) {
    const [fault] = faultsOfIssues(issues, 'en');
    return `${fault!.pointer.slice(1)}: ${fault!.detail}`;
  }
  if (!regions.has(params.data.regionCode)) return 'regionCode: Not a province or regency of Kemendagri.';
  return { ...params.data, ...body.data };
}
