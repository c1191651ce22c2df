import { setTimeout as delay } from 'node:timers/promises';
import { Counter, collectDefaultMetrics, Histogram, Registry } from '@prometheus-io/client';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { z } from 'zod';
import { isMigrated } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { latest } from './latest.ts';
import { Problem, type Sentence } from './problem.ts';

const AWAY: Sentence = { id: 'Basis data tidak terjangkau.', en: 'The database cannot be reached.' };
const BEHIND: Sentence = { id: 'Basis data belum dimigrasikan.', en: 'The database is not migrated.' };
const READ_ONLY: Sentence = { id: 'Basis data hanya dapat dibaca.', en: 'The database can only be read.' };
const SUPERSEDED: Sentence = {
  id: 'Proses lain sudah memberlakukan peraturan yang berbeda.',
  en: 'Another process has put another ruleset in force.',
};

/** Probes and scrapes come much less often; whoever floods is told the same for the rest of the second. */
const MOST_A_SECOND = 10;
/** A database that says nothing for so long is away. */
const PROBE_MS = 2_000;
const REQUEST_ID = /^[\w.~:+-]{1,128}$/;

let ofProcess: Registry | undefined;

/** What the process says of itself: measured once, as nothing ends what measures it. */
function processMetrics(): Registry {
  if (ofProcess) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
}

/** Takes the caller's X-Request-Id over where it is harmless, else makes one. */
export function requestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : crypto.randomUUID();
}

/** Why this process should not be asked, if anything. */
async function faultOf({ database, rulesets }: Deps): Promise<Sentence | undefined> {
  if (!(await isMigrated(database.pool))) return BEHIND;
  const found = await database.pool.query<{ only: string }>(
    "select current_setting('transaction_read_only') as only",
  );
  if (found.rows[0]!.only === 'on') return READ_ONLY;
  return (await rulesets.ownIsInForce()) ? undefined : SUPERSEDED;
}

/**
 * Logs, metrics and health. A log line names the route's pattern, never the address or a body: what callers send may
 * be personal.
 */
export const observation = fp(async (app: FastifyInstance, deps: Deps) => {
  const registry = new Registry();
  const requests = new Counter({
    name: 'patuh_http_requests_total',
    help: 'Answered requests',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'patuh_http_request_duration_seconds',
    help: 'Time from the first byte of a request to its answer',
    labelNames: ['method', 'route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  const refused = new Counter({
    name: 'patuh_http_refused_total',
    help: 'Requests refused before anything was done for them, as there was no room',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      refused.reset();
      for (const [kind, count] of app.refusals) refused.inc({ kind }, count);
    },
  });

  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const method = request.method;
    const route = request.routeOptions.url ?? 'none';
    requests.inc({ method, route, status: String(reply.statusCode) });
    durations.observe({ method, route }, reply.elapsedTime / 1000);
    const { actor } = request;
    request.log.info(
      {
        method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(actor && { client: actor.client, agency: actor.agency }),
      },
      'answered',
    );
    done();
  });

  const now = () => performance.now();
  const soon = () => Promise.race([faultOf(deps), delay(PROBE_MS, AWAY, { ref: false })]);
  const fault = latest(() => soon().catch(() => AWAY), MOST_A_SECOND, now);
  const all = Registry.merge([registry, processMetrics()]);
  const metrics = latest(() => all.metrics(), MOST_A_SECOND, now);
  const tags = ['operations'];
  const State = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });
  app.get(
    '/health/live',
    {
      config: { access: 'public' },
      schema: { operationId: 'getLiveness', tags, summary: 'The process runs', response: { 200: State } },
    },
    async () => ({ status: 'ok' as const }),
  );
  app.get(
    '/health/ready',
    {
      config: { access: 'public', problems: ['unavailable'] },
      schema: {
        operationId: 'getReadiness',
        tags,
        summary: 'The service can answer: migrated, its ruleset in force, and the database is there',
        response: { 200: State },
      },
    },
    async () => {
      const detail = await fault();
      if (detail) throw new Problem('unavailable', { headers: { 'retry-after': '5' }, detail });
      return { status: 'ok' as const };
    },
  );
  app.get(
    '/metrics',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getMetrics',
        tags,
        summary: 'Metrics in Prometheus text format',
        response: { 200: { description: 'Metrics', content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    async (_request, reply) => reply.type(all.contentType).send(await metrics()),
  );
});
