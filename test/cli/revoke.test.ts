import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '#src/db/index.ts';
import { REVOCATIONS } from '#src/http/callers.ts';
import { type Issuer, openIssuer, REFUSED } from '#test/http/issuer.ts';

let issuer: Issuer;
let end: () => void;
beforeAll(async () => {
  issuer = await openIssuer();
  await issuer.addAgency('pupr', 'procurement_unit', ['34.04']);
  end = listen(issuer.database.reader, REVOCATIONS, issuer.tokens.forget);
});
afterAll(async () => {
  end();
  await issuer.close();
});

test('a client that is revoked by command is refused although it is remembered and no time passes', async () => {
  const listening = async () =>
    (
      await issuer.database.pool.query(
        'select from pg_stat_activity where datname = current_database() and query = $1',
        [`listen ${REVOCATIONS}`],
      )
    ).rowCount;
  await expect.poll(listening).toBe(1);
  const [gone, stays] = await Promise.all(
    ['gone', 'stays'].map(async (clientId) => {
      await issuer.addClient(clientId, { agencyCode: 'pupr' });
      return issuer.issue({ agency: 'pupr', clientId });
    }),
  );
  expect(await issuer.tokens.verify(gone!)).toMatchObject({ client: 'gone' });
  const env = { PATH: process.env.PATH, DATABASE_URL: issuer.url, PATUH_DATA_DIR: issuer.folder };
  await promisify(execFile)(process.execPath, ['src/cli/patuh.ts', 'client', 'revoke', 'gone'], { env });
  const answer = () => issuer.tokens.verify(gone!).catch((error: unknown) => error);
  await expect.poll(answer).toMatchObject(REFUSED);
  expect(await issuer.tokens.verify(stays!)).toMatchObject({ client: 'stays' });
});
