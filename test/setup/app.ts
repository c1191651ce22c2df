import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { inject } from 'vitest';
import { buildApp } from '#src/app.ts';
import { readConfig } from '#src/config.ts';
import { type Deps, openDeps } from '#src/deps.ts';
import { type AgencyKind, SCOPES, type Scope } from '#src/http/actor.ts';
import { issuerOf, issueToken } from '#src/http/tokens.ts';
import type { LawFiles } from '#src/law/index.ts';
import { cloneDatabase } from './database.ts';

type Caller = {
  agency?: string;
  kind?: AgencyKind;
  regions?: readonly string[];
  scopes?: readonly Scope[];
  sub?: string;
  employerId?: string;
};

type Sent = {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  url: string;
  body?: unknown;
  headers?: Record<string, string>;
  token?: string;
};

export type TestApp = {
  app: FastifyInstance;
  deps: Deps;
  databaseUrl: string;
  /** Every log line so far. */
  logs: () => string;
  /** The day and time that the service believes it is. */
  setNow(instant: string): void;
  /** A token of a caller; without a word, of an inspector of Kulon Progo with every scope. */
  token(caller?: Caller): Promise<string>;
  /** Sends a request as that inspector, or with the token given. */
  send(sent: Sent): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
};

const A_DAY_MS = 86_400_000;

/**
 * The whole service on a database of its own, with a clock that the test holds.
 *
 * @param lawFiles another law than the one of the repository
 * @param beside a service whose database and keys it shares, and leaves alone in the end
 */
export async function startApp(
  now = '2026-11-20T03:00:00Z',
  env: Record<string, string> = {},
  { lawFiles, beside }: { lawFiles?: LawFiles; beside?: TestApp } = {},
): Promise<TestApp> {
  const database = beside
    ? { url: beside.databaseUrl, drop: async () => {} }
    : await cloneDatabase(inject('adminUrl'));
  const folder = beside?.deps.config.PATUH_DATA_DIR ?? mkdtempSync(join(tmpdir(), 'patuh-test-'));
  let time = new Date(now).getTime();
  let started = Date.now();
  const clock = () => new Date(time + Date.now() - started);
  const lines: string[] = [];
  const log = pino(
    { level: 'debug' },
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  const config = readConfig({ PATUH_DATA_DIR: folder, DATABASE_CONNECTIONS: '10', ...env });
  const deps = await openDeps(config, {
    databaseUrl: database.url,
    log,
    clock,
    ...(lawFiles && { lawFiles }),
  });
  // Tests put the clock back to where they began: the law of a service that runs alone was there before.
  if (!beside) time -= A_DAY_MS;
  await deps.rulesets.ownIsInForce();
  if (!beside) time += A_DAY_MS;
  const app = await buildApp(deps);
  await app.ready();

  const token = ({
    agency = 'disnaker-kulon-progo',
    kind = 'labour_office',
    regions = ['34'],
    scopes = SCOPES,
    sub = 'inspector-1',
    employerId,
  }: Caller = {}) =>
    issueToken(
      { keys: deps.keys, issuer: issuerOf(config), clock: () => new Date() },
      {
        agency,
        kind,
        regions,
        scopes,
        sub,
        clientId: `cli:${agency}`,
        ttlSeconds: 86_400 * 3650,
        ...(employerId && { employerId }),
      },
    );
  const inspector = await token();

  return {
    app,
    deps,
    databaseUrl: database.url,
    logs: () => lines.join(''),
    setNow(instant) {
      time = new Date(instant).getTime();
      started = Date.now();
    },
    token,
    async send({ method, url, body, headers = {}, token: given }) {
      return app.inject({
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        url,
        ...(body !== undefined && { payload: body as string }),
        headers: {
          authorization: `Bearer ${given ?? inspector}`,
          ...(typeof body === 'object' && !Buffer.isBuffer(body) && { 'content-type': 'application/json' }),
          ...headers,
        },
      });
    },
    async close() {
      await app.close();
      await deps.database.close();
      await database.drop();
      if (!beside) rmSync(folder, { recursive: true, force: true });
    },
  };
}
