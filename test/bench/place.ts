import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#src/db/embedded.ts';
import { migrate } from '#src/db/index.ts';
import type { Day } from '#src/domain/civil.ts';
import { mustEnd } from './ending.ts';
import { temporaryFolder } from './folder.ts';
import { clockAt, moveClock } from './moved-clock.ts';
import { run, type Server, startServer } from './processes.ts';
import { employersFile } from './roster-file.ts';

/** A service on a database of its own, with employers in it. */
export type Place = {
  url: string;
  /** Where its keys are. */
  folder: string;
  service: Server;
  token: string;
  employers: { id: string; npp: string; npwp: string }[];
  /** Lets the service believe that it is some day, or today; only where it was started on some day. */
  moveClock(day: Day | undefined): Promise<void>;
  close(): Promise<void>;
};

/** Starts a durable PostgreSQL and the service as deployed, today or on some day, and imports `count` employers. */
export async function openPlace(count: number, day?: Day): Promise<Place> {
  const { path: folder, remove } = temporaryFolder();
  const database = await startEmbedded(folder);
  const endDatabase = mustEnd(database.stop);
  await migrate(database.url);
  const env = {
    DATABASE_URL: database.url,
    PATUH_DATA_DIR: folder,
    PORT: '0',
    LOG_LEVEL: 'warn',
    RATE_LIMIT_PER_MINUTE: '100000000',
  };
  const clock = join(folder, 'clock');
  const service = await startServer('src/main.ts', [], { ...env, ...(day && clockAt(clock, day)) });
  const token = issueToken(env);
  await importFile(service, token, 'employers', employersFile(count));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const found = await client.query('select employer_id as id, npp, npwp from employers order by npp');
  await client.query('vacuum analyze');
  await client.end();
  return {
    url: database.url,
    folder,
    service,
    token,
    employers: found.rows,
    moveClock: (to) => moveClock(clock, service.pid, to),
    async close() {
      await service.stop();
      await endDatabase();
      await remove();
    },
  };
}

function issueToken(env: Record<string, string>): string {
  const scope = 'registry:write declarations:write payments:write checks:create compliance:read reports:read';
  const args = ['src/cli/patuh.ts', 'token', '--agency', 'bench', '--scope', scope, '--regions', '34'];
  return run(process.execPath, args, env);
}

/** Imports a file through the API; returns the seconds until everything in it is committed. */
export async function importFile(
  service: Server,
  token: string,
  kind: string,
  file: string,
): Promise<number> {
  const started = performance.now();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
  const accepted = await fetch(`${service.address}/v1/imports?kind=${kind}`, {
    method: 'POST',
    headers,
    body: file,
  });
  const location = accepted.headers.get('location');
  if (accepted.status !== 202 || !location) throw new Error(await accepted.text());
  for (;;) {
    const answer = await fetch(`${service.address}${location}`, {
      headers: { authorization: headers.authorization },
    });
    const state = (await answer.json()) as { state: string; linesRejected: number };
    if (state.state === 'succeeded' && state.linesRejected === 0) return (performance.now() - started) / 1000;
    if (state.state !== 'running') throw new Error(JSON.stringify(state));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Sends something, or asks for a list as a file; gives the answer, to its end. */
export async function ask({ service, token }: Place, path: string, content?: object): Promise<string> {
  const response = await fetch(`${service.address}${path}`, {
    method: content ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${token}`,
      ...(content ? { 'content-type': 'application/json' } : { accept: 'text/csv' }),
    },
    body: content ? JSON.stringify(content) : null,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
