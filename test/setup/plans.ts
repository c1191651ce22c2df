import type { Pool } from 'pg';
import { expect, vi } from 'vitest';
import type { TestApp } from './app.ts';

/** A step of a plan of PostgreSQL. */
export type PlanNode = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  /** Only of a query that was run: `analyze`. */
  'Actual Rows'?: number;
  Plans?: PlanNode[];
};

/** A query with its values. */
export type Query = [sql: string, values: unknown[]];

/** Sends a request that must succeed; its answer, and what the service asked its reading connections for it. */
export async function sendObserved(service: TestApp, sent: { url: string; token?: string }) {
  const asked = vi.spyOn(service.deps.database.reader, 'query');
  try {
    const answer = await service.send(sent);
    expect(answer.statusCode, answer.body).toBe(200);
    return { answer, queries: [...asked.mock.calls] as unknown as Query[] };
  } finally {
    asked.mockRestore();
  }
}

/** All steps of the plan of a query. */
export async function planOf(
  pool: Pool,
  [sql, values]: Query,
  { analyze = false }: { analyze?: boolean } = {},
): Promise<PlanNode[]> {
  const explained = await pool.query(`explain (analyze ${analyze}, format json) ${sql}`, values);
  return nodesOf(explained.rows[0]['QUERY PLAN'][0].Plan);
}

/** The tables among these steps that are read from end to end. */
export function readWhole(nodes: readonly PlanNode[]): string[] {
  return nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']!);
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
