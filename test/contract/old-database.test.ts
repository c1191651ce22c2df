import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { afterAll, expect, inject, test } from 'vitest';
import { migrate } from '#src/db/index.ts';
import { startApp } from '#test/setup/app.ts';
import { asAdmin, CLONE_PREFIX, withDatabase } from '#test/setup/database.ts';
import { declareMonth, flagEmployer, pay, recordEmployer } from '#test/setup/employers.ts';
import { expectSummaries } from './summaries.ts';

/** What the first release recorded facts, and derived from them, in. */
const TABLES = [
  'agencies',
  'employers',
  'employer_identifiers',
  'employer_changes',
  'declarations',
  'workers',
  'payments',
  'payment_references',
  'payment_reversals',
  'flags',
  'flag_events',
  'summaries',
  'stretches',
];
/** Where the first release wrote otherwise. */
const AS_OF_OLD: Record<string, object> = {
  declarations: { coverage: [] },
  summaries: { ruleset_version: '0123456789ab', facts: {} },
};

const fresh = await startApp();
const name = `${CLONE_PREFIX}old`;
const databaseUrl = withDatabase(inject('adminUrl'), name);
afterAll(async () => {
  await fresh.close();
  await asAdmin(inject('adminUrl'), (client) => client.query(`drop database ${name} with (force)`));
});

/** Migrates as far as the first release did. */
async function migrateOnce(client: pg.Client): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'patuh-migrations-'));
  cpSync('migrations', folder, { recursive: true });
  const journal = JSON.parse(readFileSync('migrations/meta/_journal.json', 'utf8'));
  const first = { ...journal, entries: journal.entries.slice(0, 1) };
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(first));
  await applyMigrations(drizzle(client), { migrationsFolder: folder });
  rmSync(folder, { recursive: true });
}

test('a database of the first release migrates with its facts, and answers as if it were new', async () => {
  const ids: string[] = [];
  for (const scale of ['micro', 'medium']) {
    const { id } = await recordEmployer(fresh, { scale, registeredOn: '2026-08-03' });
    const bill = await declareMonth(fresh, id, '2026-08');
    await pay(fresh, id, bill, '2026-09-20');
    await declareMonth(fresh, id, '2026-09', 15_000_000);
    await flagEmployer(fresh, id, 'procurement_block');
    ids.push(id);
  }

  await asAdmin(inject('adminUrl'), (client) => client.query(`create database ${name}`));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await migrateOnce(client);
  for (const table of TABLES) {
    const { rows } = await fresh.deps.database.pool.query(`select to_jsonb(t) as row from ${table} t`);
    const old = rows.map(({ row }) => ({ ...row, ...AS_OF_OLD[table] }));
    await client.query(
      `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(old)],
    );
  }
  await client.end();
  await migrate(databaseUrl);

  const migrated = await startApp(
    fresh.deps.clock().toISOString(),
    {},
    { beside: { ...fresh, databaseUrl } },
  );
  try {
    for (const id of ids) {
      for (const what of ['ledger', 'verdict']) {
        const url = `/v1/employers/${id}/${what}?asOf=2026-12-24`;
        const { knownAt: _, ...expected } = (await fresh.send({ url })).json();
        expect((await migrated.send({ url })).json()).toMatchObject(expected);
      }
    }
    const { items } = (await migrated.send({ url: '/v1/non-compliant-employers' })).json();
    expect(items).toHaveLength(ids.length);
    await expectSummaries(migrated.deps);
  } finally {
    await migrated.close();
  }
});
