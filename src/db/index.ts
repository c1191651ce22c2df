export {
  booleanArray,
  byteaArray,
  dateArray,
  int2Array,
  int4Array,
  int8Array,
  textArray,
  uuidArray,
} from './binary-arrays.ts';
export { type Database, openDatabase, snapshot, type Tx, transaction } from './database.ts';
export { and, eq, isNull, lt } from './drizzle.ts';
export { describeDatabaseError, describeFailure, isDatabaseAway, lockTimedOut, violates } from './errors.ts';
export { listen } from './listening.ts';
export { isMigrated, migrate } from './migrate.ts';
export * from './schema/index.ts';
export { streamRows } from './stream-rows.ts';
export { readUuid, uuidv7, writeUuidv7 } from './uuid.ts';
