import { closeSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#src/db/embedded.ts';
import { endEverything, endOnSignals } from './ending.ts';
import { temporaryFolder } from './folder.ts';
import { helpText, type Options, readOptions } from './options.ts';
import { ASKED_ONLY, PARTS } from './parts.ts';
import { run } from './processes.ts';
import { isMet, tableOf } from './report.ts';
import type { Row } from './row.ts';

/**
 * Measures against floors in one run on one machine, prints one table, and writes it as JSON. Nothing asserts the
 * figures: they are as good as the machine is quiet.
 */
const { only, json, keep, citus, sizes } = asked();

endOnSignals();
const rows: Row[] = [];
try {
  // What would be missing in the end is asked for before hours of measuring.
  const path = json ?? join(mkdtempSync(join(tmpdir(), 'patuh-bench-')), 'bench.json');
  closeSync(openSync(path, 'a'));
  const psql = run('psql', ['--version']).replace(/^psql /, '');
  let nations = keep ?? temporaryFolder().path;
  for (const [name, measure] of Object.entries(PARTS)) {
    if (only ? !only.includes(name) : ASKED_ONLY.includes(name)) continue;
    console.error(`measuring ${name}`);
    try {
      rows.push(...(await measure({ ...sizes, keep: nations, citus })));
    } catch (error) {
      console.error(`${name} was not measured:`, error);
      process.exitCode = 1;
      await endEverything();
      nations = keep ?? temporaryFolder().path;
    }
  }
  const machine = {
    cores: cpus().length,
    processor: cpus()[0]?.model,
    memoryMb: Math.round(totalmem() / 1_048_576),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    postgresql: await databaseVersion(),
    psql,
  };
  const measured = {
    date: new Date().toISOString(),
    machine,
    sizes,
    rows: rows.map((row) => ({ ...row, met: isMet(row) })),
  };
  writeFileSync(path, `${JSON.stringify(measured, null, 2)}\n`);
  console.log(tableOf(rows));
  console.log(
    Object.entries(machine)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  );
  console.log(path);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  await endEverything();
}

async function databaseVersion(): Promise<string> {
  const folder = temporaryFolder();
  const database = await startEmbedded(folder.path, { durable: false });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const shown = await client.query<{ server_version: string }>('show server_version');
  await client.end();
  await database.stop();
  await folder.remove();
  return shown.rows[0]!.server_version;
}

function asked(): Options {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options) return options;
    console.log(helpText());
    process.exit();
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${helpText()}`);
    process.exit(2);
  }
}
