import type pg from 'pg';
import { median } from './timing.ts';

const ROUNDS = 5;

/** How a statement is executed: milliseconds of planning and execution, and the lines of EXPLAIN. */
export type Plan = { ms: number; lines: string[] };

/** Planning and execution, the median of some; the plan is that of the last. */
export async function explained(client: pg.Client, sql: string, values: unknown[]): Promise<Plan> {
  const times: number[] = [];
  let lines: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, buffers, costs off, summary on) ${sql}`,
      values,
    );
    lines = found.rows.map((row) => row['QUERY PLAN']).map((line) => line.slice(0, 160));
    times.push(msOf(lines, 'Planning Time') + msOf(lines, 'Execution Time'));
  }
  return { ms: median(times), lines };
}

function msOf(lines: readonly string[], what: string): number {
  return Number(/([\d.]+) ms/.exec(lines.find((line) => line.startsWith(what)) ?? '')?.[1]);
}

/** The kinds of nodes of a plan, each with how many there are. */
export function nodesOf({ lines }: Plan): string {
  const kinds = lines.flatMap(
    (line) =>
      /^\s*(?:->\s+)?((?:Index|Bitmap|Seq|Merge|Append|Limit|Sort)[A-Za-z ]*?)(?: using| on| Backward|  |\s*\()/.exec(
        line,
      )?.[1] ?? [],
  );
  const counts = Map.groupBy(kinds, (kind) => kind);
  return [...counts].map(([kind, { length }]) => `${length} ${kind}`).join(', ');
}

/** A plan goes to the standard error output, as it is long. */
export function tell(what: string, { ms, lines }: Plan): void {
  console.error(`${what}, ${ms.toFixed(2)} ms\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
}
