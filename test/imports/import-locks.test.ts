import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ImportLocks } from '#src/imports/import-locks.ts';

let pool: pg.Pool;
beforeAll(() => {
  pool = new pg.Pool({ connectionString: inject('adminUrl') });
});
afterAll(() => pool.end());

/** Answers are lost on their way, not what was asked for. */
class Unanswered extends pg.Client {
  override query(...given: unknown[]): never {
    const asked = super.query(...(given as [string])) as unknown as Promise<unknown>;
    return asked.then(() => {
      throw new Error('Query read timeout');
    }) as never;
  }
}

test('a lock whose answer did not come is held by nobody, nor are those before it', async () => {
  const lost: string[] = [];
  const silent = new pg.Pool({ connectionString: inject('adminUrl'), Client: Unanswered });
  const locks = new ImportLocks(silent, () => lost.push('all'));
  await expect(locks.take('unanswered')).rejects.toThrow('Query read timeout');
  expect(lost).toEqual(['all']);
  const others = new ImportLocks(pool, () => {});
  await expect.poll(() => others.take('unanswered')).toBe(true);
  await others.give('unanswered');
  await silent.end();
});
