import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isMigrated, migrate, openDatabase } from '#src/db/index.ts';
import * as schema from '#src/db/schema/index.ts';
import { asAdmin, CLONE_PREFIX, withDatabase } from '#test/setup/database.ts';

const META = fileURLToPath(new URL('../../migrations/meta', import.meta.url));
const tables = Object.values(schema).filter((each) => is(each, PgTable));

type Snapshot = ReturnType<typeof generateDrizzleJson>;

describe('the migrations', () => {
  const url = withDatabase(inject('adminUrl'), `${CLONE_PREFIX}${randomUUID().replaceAll('-', '')}`);
  const name = new URL(url).pathname.slice(1);
  beforeAll(() => asAdmin(inject('adminUrl'), (client) => client.query(`create database ${name}`)));
  afterAll(() => asAdmin(inject('adminUrl'), (client) => client.query(`drop database ${name} with (force)`)));

  test('leave nothing of the schema to be generated', async () => {
    const newest = globSync('*_snapshot.json', { cwd: META }).sort().at(-1);
    const before = JSON.parse(readFileSync(`${META}/${newest}`, 'utf8')) as Snapshot;
    expect(tables.length).toBeGreaterThan(10);
    expect(Object.keys(before.tables)).toHaveLength(tables.length);
    expect(await generateMigration(before, generateDrizzleJson(schema, before.id))).toEqual([]);
  });

  test('may be applied by several at once, and again, to the same effect', async () => {
    expect(await state(url)).toEqual({ migrated: false, applied: [], columns: [] });
    await Promise.all([migrate(url), migrate(url), migrate(url)]);
    const once = await state(url);
    expect(once.migrated).toBe(true);
    expect(once.applied).toHaveLength(globSync('*_snapshot.json', { cwd: META }).length);
    await migrate(url);
    expect(await state(url)).toEqual(once);
  });

  test('make the columns that the schema declares', async () => {
    const declared = tables.flatMap((table) => {
      const { name: of, columns } = getTableConfig(table);
      return columns.map((column) => {
        const type = column.getSQLType().replace(' (', '(');
        return `${of}.${column.name} ${type}${column.notNull ? ' not null' : ''}`;
      });
    });
    expect((await state(url)).columns).toEqual(declared.sort());
  });
});

/** What a database holds: the migrations applied, and every column with its type. */
async function state(url: string) {
  const { pool, close } = openDatabase(url, { connections: 1 });
  try {
    const migrated = await isMigrated(pool);
    const applied = migrated
      ? await pool.query('select * from drizzle.__drizzle_migrations order by id')
      : undefined;
    const columns = await pool.query<{ line: string }>(`
      select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
             || case when a.attnotnull then ' not null' else '' end as line
        from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and a.attnum > 0 and not a.attisdropped`);
    return { migrated, applied: applied?.rows ?? [], columns: columns.rows.map(({ line }) => line).sort() };
  } finally {
    await close();
  }
}
