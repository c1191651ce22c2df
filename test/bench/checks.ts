import autocannon from 'autocannon';
import type { Place } from './place.ts';
import { type Server, startServer } from './processes.ts';
import type { Row } from './row.ts';

const CONNECTIONS = 32;
const WARM_SECONDS = 3;
/** Employers that are asked about again and again, as bidders are. */
const FAMILIAR = 2_000;

type Load = { perSecond: number; p99: number; failed: number };

/**
 * Single checks by NPWP (token verified, subject resolved, verdict, stored, signed receipt) beside a bare route that
 * looks one row up by its primary key. All run in turn, several times, with the same load generator; of each the
 * median counts. Employers that were asked about lately are told apart from those that were not.
 */
export async function benchChecks(
  place: Place,
  { seconds = 8, rounds = 3 }: { seconds?: number; rounds?: number } = {},
): Promise<Row[]> {
  const floorServer = await startServer('test/bench/floor-server.ts', [place.url, '20']);
  try {
    const ids = place.employers.map(({ id }) => JSON.stringify({ id }));
    const subjects = place.employers.map(({ npwp }, index) =>
      JSON.stringify({ subject: { npwp }, purpose: 'tender_award', reference: `bench-${index}` }),
    );
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${place.token}` };
    const floor: Load[] = [];
    const familiar: Load[] = [];
    const any: Load[] = [];
    const next = { floor: 0, familiar: 0, any: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const ask = (server: Server, path: string, bodies: string[], kind: keyof typeof next) =>
        load(server, path, headers, () => bodies[next[kind]++ % bodies.length]!, seconds);
      floor.push(await ask(floorServer, '/lookup', ids, 'floor'));
      familiar.push(await ask(place.service, '/v1/checks', subjects.slice(0, FAMILIAR), 'familiar'));
      any.push(await ask(place.service, '/v1/checks', subjects, 'any'));
    }
    return [
      ...rowsOf(`single checks, of ${FAMILIAR} employers in turn`, median(floor), median(familiar)),
      ...rowsOf(`single checks, of ${subjects.length} employers in turn`, median(floor), median(any)),
    ];
  } finally {
    await floorServer.stop();
  }
}

function rowsOf(work: string, floor: Load, value: Load): Row[] {
  const what = `bare Fastify + pg, one row by primary key, ${CONNECTIONS} connections`;
  return [
    {
      work,
      floor: what,
      floorValue: floor.perSecond,
      value: value.perSecond,
      unit: '/s',
      ratio: value.perSecond / floor.perSecond,
      goal: { atLeast: 1 },
      notes: `${floor.failed + value.failed} failed`,
    },
    {
      work: `${work}: p99`,
      floor: 'its p99',
      floorValue: floor.p99,
      value: value.p99,
      unit: 'ms',
      ratio: value.p99 / floor.p99,
      goal: { atMost: 2 },
    },
  ];
}

async function load(
  server: Server,
  path: string,
  headers: Record<string, string>,
  body: () => string,
  seconds: number,
): Promise<Load> {
  const run = (duration: number) =>
    autocannon({
      url: `${server.address}${path}`,
      connections: CONNECTIONS,
      duration,
      requests: [{ method: 'POST', headers, setupRequest: (request) => ({ ...request, body: body() }) }],
    });
  await run(WARM_SECONDS);
  const { requests, latency, non2xx, errors } = await run(seconds);
  return { perSecond: requests.average, p99: latency.p99, failed: non2xx + errors };
}

function median(loads: readonly Load[]): Load {
  const sorted = [...loads].sort((a, b) => a.perSecond - b.perSecond);
  const failed = loads.reduce((sum, each) => sum + each.failed, 0);
  return { ...sorted[Math.floor(sorted.length / 2)]!, failed };
}
