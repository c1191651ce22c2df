export { type Database, type Tx, openDatabase, transaction } from './database.ts';
export { describeDatabaseError, lockTimedOut, violates } from './errors.ts';
export { streamRows } from './stream-rows.ts';
export { uuidv7 } from './uuid.ts';
export { isMigrated, migrate } from './migrate.ts';
export * from './schema/index.ts';
