import type { Place } from './place.ts';
import { startServer } from './processes.ts';
import type { Row } from './row.ts';

const MOST = 10_000;

/**
 * A batch of checks, every result stored and signed, beside the same ids through one select and out as JSON: of the
 * summaries that verdicts follow from, and of nothing but names.
 */
export async function benchBatches(place: Place, { rounds = 7 }: { rounds?: number } = {}): Promise<Row[]> {
  const asked = place.employers.slice(0, MOST);
  const ids = JSON.stringify({ ids: asked.map(({ id }) => id) });
  const subjects = asked.map(({ npwp }) => ({ npwp }));
  const batch = JSON.stringify({ purpose: 'tender_opening', reference: 'bench', subjects });
  const floors = await startServer('test/bench/floor-server.ts', [place.url, '4']);
  try {
    const found: { names: number; facts: number; batch: number; bytes: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const names = await post(`${floors.address}/names`, place.token, ids);
      const facts = await post(`${floors.address}/facts`, place.token, ids);
      const answer = await post(`${place.service.address}/v1/check-batches`, place.token, batch);
      found.push({
        names: names.seconds,
        facts: facts.seconds,
        batch: answer.seconds,
        bytes: answer.bytes,
      });
    }
    const [names, facts, value] = (['names', 'facts', 'batch'] as const).map((of) =>
      middle(found.map((each) => each[of])),
    ) as [number, number, number];
    const work = `batch of ${asked.length} checks, each stored and signed`;
    const notes = `answer of ${(found[0]!.bytes / 1e6).toFixed(1)} MB`;
    const rowOf = (floor: string, floorValue: number): Row => ({
      work,
      floor,
      floorValue,
      value,
      unit: 's',
      ratio: value / floorValue,
      goal: { atMost: 3 },
      notes,
    });
    return [
      rowOf('select of their summaries = any($1), as JSON', facts),
      rowOf('select of their names = any($1), as JSON', names),
    ];
  } finally {
    await floors.stop();
  }
}

async function post(url: string, token: string, body: string): Promise<{ seconds: number; bytes: number }> {
  const started = performance.now();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await fetch(url, { method: 'POST', headers, body });
  const bytes = (await answer.arrayBuffer()).byteLength;
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return { seconds: (performance.now() - started) / 1000, bytes };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
