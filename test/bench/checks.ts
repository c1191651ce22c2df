import autocannon from 'autocannon';
import type { Place } from './place.ts';
import { type Server, startServer } from './processes.ts';

const CONNECTIONS = 32;
const WARM_SECONDS = 3;

export type Load = { perSecond: number; p99: number; failed: number };

/**
 * Single checks by NPWP (token verified, subject resolved, verdict, stored, signed receipt) beside a bare route that
 * looks one row up by its primary key. Both run in turn, several times, with the same load generator.
 */
export async function benchChecks(place: Place, { seconds, rounds }: { seconds: number; rounds: number }) {
  const floorServer = await startServer('test/bench/floor-server.ts', [place.url, '20']);
  try {
    const ids = place.employers.map(({ id }) => JSON.stringify({ id }));
    const subjects = place.employers.map(({ npwp }, index) =>
      JSON.stringify({ subject: { npwp }, purpose: 'tender_award', reference: `bench-${index}` }),
    );
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${place.token}` };
    const floor: Load[] = [];
    const checks: Load[] = [];
    for (let round = 0; round < rounds; round += 1) {
      floor.push(await load(floorServer, '/lookup', headers, ids, seconds));
      checks.push(await load(place.service, '/v1/checks', headers, subjects, seconds));
    }
    return { floor: median(floor), value: median(checks) };
  } finally {
    await floorServer.stop();
  }
}

async function load(
  server: Server,
  path: string,
  headers: Record<string, string>,
  bodies: string[],
  seconds: number,
): Promise<Load> {
  let next = 0;
  const run = (duration: number) =>
    autocannon({
      url: `${server.address}${path}`,
      connections: CONNECTIONS,
      duration,
      requests: [
        {
          method: 'POST',
          headers,
          setupRequest: (request) => ({ ...request, body: bodies[next++ % bodies.length]! }),
        },
      ],
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
