import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#src/config.ts';
import { listen } from '#src/db/index.ts';
import { REVOCATIONS } from '#src/http/callers.ts';
import { serve } from '#src/serve.ts';
import { type Issuer, openIssuer, REFUSED } from '#test/http/issuer.ts';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await openIssuer();
  await issuer.addAgency('pupr', 'procurement_unit', ['34.04']);
});
afterAll(() => issuer.close());

/** How many processes listen for revocations. */
async function listening(): Promise<number | null> {
  const found = await issuer.database.pool.query(
    'select from pg_stat_activity where datname = current_database() and query = $1',
    [`listen ${REVOCATIONS}`],
  );
  return found.rowCount;
}

const revoke = (...ids: string[]) =>
  promisify(execFile)(process.execPath, ['src/cli/patuh.ts', 'client', 'revoke', ...ids], {
    env: { PATH: process.env.PATH, DATABASE_URL: issuer.url, PATUH_DATA_DIR: issuer.folder },
  });

test('a client that is revoked by command is refused although it is remembered and no time passes', async () => {
  const end = listen(issuer.database.reader, REVOCATIONS, issuer.tokens.forget);
  await expect.poll(listening).toBe(1);
  const [gone, stays] = await Promise.all(
    ['gone', 'stays'].map(async (clientId) => {
      await issuer.addClient(clientId, { agencyCode: 'pupr' });
      return issuer.issue({ agency: 'pupr', clientId });
    }),
  );
  expect(await issuer.tokens.verify(gone!)).toMatchObject({ client: 'gone' });
  await revoke('gone');
  const answer = () => issuer.tokens.verify(gone!).catch((error: unknown) => error);
  await expect.poll(answer).toMatchObject(REFUSED);
  expect(await issuer.tokens.verify(stays!)).toMatchObject({ client: 'stays' });
  end();
  await expect.poll(listening).toBe(0);
});

test('a service listens as long as it runs', async () => {
  const config = readConfig({ DATABASE_URL: issuer.url, PATUH_DATA_DIR: issuer.folder, PORT: '0' });
  const service = await serve(config, pino({ level: 'silent' }));
  await expect.poll(listening).toBe(1);
  await service.close();
  await expect.poll(listening).toBe(0);
});

test('of several clients none is revoked: the command takes one', async () => {
  await issuer.addClient('first', { agencyCode: 'pupr' });
  await issuer.addClient('second', { agencyCode: 'pupr' });
  await expect(revoke('first', 'second')).rejects.toMatchObject({
    code: 1,
    stderr: /patuh client revoke <id>/,
  });
  const revoked = await issuer.database.pool.query(
    "select from clients where client_id in ('first', 'second') and revoked_at is not null",
  );
  expect(revoked.rowCount).toBe(0);
});
