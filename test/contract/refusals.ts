import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import type { TestApp } from '#test/setup/app.ts';

export type Sent = {
  method?: string;
  url: string;
  body?: unknown;
  headers?: Record<string, string>;
  token?: string;
};

/** Sends requests as they are, as the inspector or with a token: strings and buffers without a content type. */
export function sender({ app, token }: TestApp) {
  const inspector = token();
  return async ({ method = 'GET', url, body, headers = {}, token: given }: Sent) => {
    const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    return app.inject({
      method: method as 'GET',
      url,
      ...(body !== undefined && { payload: (raw ? body : JSON.stringify(body)) as string }),
      headers: {
        authorization: `Bearer ${given ?? (await inspector)}`,
        ...(!raw && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
  };
}

/** Expects a problem document of the contract, in which nothing of a fault of ours shows. */
export function expectRefusal(answer: LightMyRequestResponse, status: number | RegExp, what: string): void {
  const found = `${what} answers ${answer.statusCode} ${answer.body.slice(0, 500)}`;
  if (typeof status === 'number') expect(answer.statusCode, found).toBe(status);
  else expect(String(answer.statusCode), found).toMatch(status);
  expect(answer.headers['content-type'], found).toBe('application/problem+json');
  expect(answer.headers['x-request-id'], found).toMatch(/^[\w.~:+-]{1,128}$/);
  expect(answer.json(), found).toMatchObject({
    type: expect.stringMatching(/^urn:patuh:problem:[a-z_]+$/),
    title: expect.any(String),
    status: answer.statusCode,
    code: expect.stringMatching(/^[a-z_]+$/),
  });
}

/** What is only kept so that it need not be computed again, and what stands behind the view `workers`. */
const UNCOUNTED = ['comparisons', 'nik_employers', 'unlisted_batches', 'worker_batches'];

/** How many rows each table and view has. */
export async function rowCounts({ deps }: TestApp): Promise<Record<string, number>> {
  const { pool } = deps.database;
  const tables = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_name <> all($1) order by 1`,
    [UNCOUNTED],
  );
  const counts = tables.rows.map(
    ({ name }) => `select '${name}' as name, count(*)::int as rows from ${name}`,
  );
  const { rows } = await pool.query<{ name: string; rows: number }>(counts.join(' union all '));
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
}
