import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { startApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';
import { lawWith } from '#test/setup/law-files.ts';

const service = await startApp(
  new Date().toISOString(),
  {},
  {
    lawFiles: lawWith({ 'pp-44-2015/jkm/rate': '0.40' }),
  },
);
afterAll(() => service.close());

/** What `patuh rules renew` writes to stdout. */
async function renew(...more: string[]): Promise<string> {
  const folder = service.deps.config.PATUH_DATA_DIR;
  const env = { PATH: process.env.PATH, DATABASE_URL: service.databaseUrl, PATUH_DATA_DIR: folder };
  const args = ['src/cli/patuh.ts', 'rules', 'renew', ...more];
  return (await promisify(execFile)(process.execPath, args, { env })).stdout;
}

test('what is stored under other rules is computed anew under those of the release, once', async () => {
  const { id } = await recordEmployer(service, { registeredOn: '2026-01-05' });
  await declareMonth(service, id, '2026-02');
  const version = async () => {
    const found = await service.deps.database.pool.query('select ruleset_version from summaries');
    return found.rows[0].ruleset_version;
  };
  const before = await version();
  const said = /^(\d+) employers? renewed under ruleset (\w+)\n$/.exec(await renew());
  expect(said?.[1]).toBe('1');
  expect(said?.[2]).not.toBe(before);
  expect(await version()).toBe(said?.[2]);
  expect(await renew()).toBe(`0 employers renewed under ruleset ${said?.[2]}\n`);
});

test('anything else on the line is refused', async () => {
  await expect(renew('--fast')).rejects.toMatchObject({ code: 1 });
});
