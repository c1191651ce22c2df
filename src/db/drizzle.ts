import { createRequire } from 'node:module';

/**
 * drizzle-orm, loaded as CommonJS: of each of its hundred ES modules Node reads the package's 180 kB of exports anew, which
 * is half of the time in which a command starts. What is used of it is listed here; types are imported as usual.
 */
const load = createRequire(import.meta.url);
const orm: typeof import('drizzle-orm') = load('drizzle-orm');
const pgCore: typeof import('drizzle-orm/pg-core') = load('drizzle-orm/pg-core');
const nodePostgres: typeof import('drizzle-orm/node-postgres') = load('drizzle-orm/node-postgres');
const migrator: typeof import('drizzle-orm/node-postgres/migrator') = load(
  'drizzle-orm/node-postgres/migrator',
);

export const { and, eq, isNull, lt, sql } = orm;
export const {
  bigint,
  boolean,
  check,
  customType,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} = pgCore;
export const { drizzle } = nodePostgres;
export const { migrate: applyMigrations } = migrator;
