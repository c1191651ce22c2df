import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { dayOf } from '#src/domain/civil.ts';
import { dueSince } from '#src/domain/verdict/due-since.ts';
import { loadLaw } from '#src/law/index.ts';
import { temporaryFolder } from './folder.ts';
import type { Nation } from './open-nation.ts';
import { forgetPeak, peakMb, psql } from './processes.ts';
import { memoryRow, type Row } from './row.ts';
import { median } from './timing.ts';

const PROVINCE = '?region=34';
/** What counts as constant: a garbage collector leaves some play. */
const CONSTANT = 1.25;

/** The columns and lines of the export, as SQL of one's own would write them to a file. */
function selectAll(order: string): string {
  const today = dayOf(new Date());
  return `
    select s.employer_id, s.legal_name, e.npp, s.region_code, e.scale, e.outsourcing_licence is not null, s.status,
           s.codes, s.months, s.contributions, s.late_charge, s.total, s.oldest_period, s.since
    from stretches s join employers e on e.employer_id = s.employer_id
    where s.due_since = '${dueSince(loadLaw(), today)}' and s.from_on <= '${today}' and s.until_on > '${today}'
      and s.status in ('non_compliant', 'not_registered', 'regularising') ${order}`.replace(/\s+/g, ' ');
}

/** All who do not comply as CSV over HTTP, beside `psql \copy` of the same lines in the same order, by turns. */
export async function benchExport(nation: Nation, { rounds }: { rounds: number }): Promise<Row[]> {
  const folder = temporaryFolder();
  const token = nation.token();
  const file = join(folder.path, 'floor.csv');
  const copy = (order: string) =>
    psql(nation.url, `\\copy (${selectAll(order)}) to '${file}' with (format csv, header true)`);
  const [floors, values, unordered]: number[][] = [[], [], []];
  let [lines, bytes] = [0, 0];
  const peakWhile = async (work: () => Promise<unknown>): Promise<number | undefined> => {
    forgetPeak(nation.service.pid);
    await work();
    return peakMb(nation.service.pid);
  };
  const few = await peakWhile(() => downloaded(nation, token, PROVINCE));
  let all: number | undefined;
  for (let round = 0; round < rounds; round += 1) {
    floors!.push(copy('order by s.total desc, s.employer_id desc'));
    const peak = await peakWhile(async () => {
      const started = performance.now();
      ({ lines, bytes } = await downloaded(nation, token));
      values!.push((performance.now() - started) / 1000);
    });
    all = peak === undefined ? undefined : Math.max(all ?? 0, peak);
    unordered!.push(copy(''));
  }
  rmSync(file);
  await folder.remove();
  const [floorValue, value] = [median(floors!), median(values!)];
  return [
    {
      work: `CSV of ${lines - 1} non-compliant of ${await countOf(nation)} employers`,
      floor: 'psql \\copy (select … order by …) to',
      floorValue,
      value,
      unit: 's',
      ratio: value / floorValue,
      goal: { atMost: 4 },
      notes: `${(bytes / 1e6).toFixed(0)} MB; unordered psql \\copy ${median(unordered!).toFixed(2)} s`,
    },
    ...memoryRow(
      {
        work: 'memory of the service in it, the most',
        floor: 'in an export of one province',
        atMost: CONSTANT,
      },
      few,
      all,
    ),
  ];
}

/** Reads the whole export, keeping nothing of it. */
async function downloaded(
  { service }: Nation,
  token: string,
  query = '',
): Promise<{ lines: number; bytes: number }> {
  const headers = { authorization: `Bearer ${token}`, accept: 'text/csv' };
  const answer = await fetch(`${service.address}/v1/non-compliant-employers${query}`, { headers });
  if (answer.status !== 200) throw new Error(await answer.text());
  let [lines, bytes] = [0, 0];
  for await (const chunk of answer.body!) {
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  return { lines, bytes };
}

async function countOf({ url }: Nation): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const found = await client.query<{ count: string }>('select count(*) from employers');
  await client.end();
  return Number(found.rows[0]!.count);
}
