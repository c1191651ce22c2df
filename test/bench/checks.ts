import autocannon from 'autocannon';
import type { Place } from './place.ts';
import { type Server, startServer } from './processes.ts';
import type { Row } from './row.ts';

const CONNECTIONS = 32;
const WARM_SECONDS = 3;
/** Employers that are asked about again and again, as bidders are. */
const FAMILIAR = 2_000;
/** As many as a process remembers of those it was asked about lately. */
const REMEMBERED = 20_000;

type Load = { perSecond: number; p99: number; failed: number };

/**
 * Single checks by NPWP (token verified, subject resolved, verdict, stored, signed receipt) beside a bare route that
 * looks one row up by its primary key. All run in turn, several times, with the same load generator; of each the
 * median counts. Employers are asked about in turn: few, as many as are remembered, and more, so that each is forgotten
 * before it is asked about again.
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
    const groups = [...new Set([FAMILIAR, REMEMBERED, subjects.length])]
      .filter((count) => count <= subjects.length)
      .map((count) => ({ count, next: 0, loads: [] as Load[] }));
    const floor: Load[] = [];
    let looked = 0;
    for (let round = 0; round < rounds; round += 1) {
      const ask = (server: Server, path: string, body: () => string, atLeast = 0) =>
        load(server, path, { headers, body, seconds, atLeast });
      floor.push(await ask(floorServer, '/lookup', () => ids[looked++ % ids.length]!));
      for (const group of groups) {
        const body = () => subjects[group.next++ % group.count]!;
        const each = group.count <= REMEMBERED ? group.count : 0;
        group.loads.push(await ask(place.service, '/v1/checks', body, each));
      }
    }
    return groups.flatMap(({ count, loads }) => {
      const known = count > REMEMBERED ? 'none of them remembered' : 'remembered';
      return rowsOf(`single checks, of ${count} employers in turn, ${known}`, median(floor), median(loads));
    });
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

/** What is asked `atLeast` so often before is not measured: so many are remembered by then. */
async function load(
  server: Server,
  path: string,
  {
    headers,
    body,
    seconds,
    atLeast,
  }: { headers: Record<string, string>; body: () => string; seconds: number; atLeast: number },
): Promise<Load> {
  const run = (length: { duration: number } | { amount: number }) =>
    autocannon({
      url: `${server.address}${path}`,
      connections: CONNECTIONS,
      ...length,
      requests: [{ method: 'POST', headers, setupRequest: (request) => ({ ...request, body: body() }) }],
    });
  await run({ duration: WARM_SECONDS });
  if (atLeast > 0) await run({ amount: atLeast });
  const { '2xx': answered, duration, latency, non2xx, errors } = await run({ duration: seconds });
  return { perSecond: answered / duration, p99: latency.p99, failed: non2xx + errors };
}

function median(loads: readonly Load[]): Load {
  const sorted = [...loads].sort((a, b) => a.perSecond - b.perSecond);
  const failed = loads.reduce((sum, each) => sum + each.failed, 0);
  return { ...sorted[Math.floor(sorted.length / 2)]!, failed };
}
