import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { streamRows } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { page } from './cursor.ts';
import { negotiate } from './negotiate.ts';

/** How a list can be had. */
const FORMS = ['application/json', 'text/csv', 'application/x-ndjson'] as const;

/** A list as one SQL query in the order of its keyset. */
export type ListQuery<Row> = {
  /** Without limit; filters and the cursor's position are in it. */
  sql: string;
  values: unknown[];
  limit: number;
  /** The sort values of a row, for the cursor. */
  key: (row: Row) => (string | number)[];
  view: (row: Row) => object;
  /** Columns of the CSV form: paths into the view. */
  csv: readonly string[];
};

/**
 * Answers with a page as JSON, or, where the caller accepts CSV or NDJSON, streams the whole list row by row from
 * the read-only pool.
 */
export async function sendList<Row>(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  list: ListQuery<Row>,
): Promise<FastifyReply> {
  const type = negotiate(request.headers.accept, FORMS);
  if (type === 'application/json') {
    const rows = await deps.database.reader.query(`${list.sql} limit ${list.limit + 1}`, list.values);
    return reply.header('vary', 'accept').send(page(rows.rows as Row[], list.limit, list.key, list.view));
  }
  return stream(reply, type, streamRows<Row>(deps.database, list.sql, list.values), list);
}

/** The same for a list that is at hand: `rows` in the order of its keyset, from the cursor's position on. */
export function sendRows<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  { rows, limit, ...list }: { rows: readonly Row[]; limit: number } & Omit<ListQuery<Row>, 'sql' | 'values'>,
): FastifyReply {
  const type = negotiate(request.headers.accept, FORMS);
  if (type === 'application/json') {
    return reply.header('vary', 'accept').send(page(rows.slice(0, limit + 1), limit, list.key, list.view));
  }
  return stream(reply, type, [[...rows]], list);
}

/** The same for a list that is computed: `batches` of it in the order of its keyset, from the cursor's position on. */
export async function sendBatches<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  { batches, limit, ...list }: { batches: AsyncIterable<Row[]> } & Omit<ListQuery<Row>, 'sql' | 'values'>,
): Promise<FastifyReply> {
  const type = negotiate(request.headers.accept, FORMS);
  if (type !== 'application/json') return stream(reply, type, batches, list);
  const rows: Row[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length > limit) break;
  }
  return reply.header('vary', 'accept').send(page(rows, limit, list.key, list.view));
}

type Form<Row> = Pick<ListQuery<Row>, 'view' | 'csv'>;
type Batches<Row> = AsyncIterable<Row[]> | Iterable<Row[]>;

function stream<Row>(reply: FastifyReply, type: string, rows: Batches<Row>, list: Form<Row>): FastifyReply {
  const lines = type === 'text/csv' ? csvLines(rows, list) : ndjsonLines(rows, list);
  return reply.header('vary', 'accept').type(`${type}; charset=utf-8`).send(Readable.from(lines));
}

async function* ndjsonLines<Row>(rows: Batches<Row>, list: Form<Row>): AsyncGenerator<string> {
  for await (const batch of rows) yield batch.map((row) => `${JSON.stringify(list.view(row))}\n`).join('');
}

async function* csvLines<Row>(rows: Batches<Row>, list: Form<Row>): AsyncGenerator<string> {
  yield `${list.csv.join(',')}\r\n`;
  for await (const batch of rows) {
    yield batch.map((row) => `${list.csv.map((path) => cell(list.view(row), path)).join(',')}\r\n`).join('');
  }
}

/** RFC 4180, and no cell that a spreadsheet would run as a formula. */
function cell(view: object, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], view);
  if (value === undefined || value === null) return '';
  const text = Array.isArray(value) ? value.join('|') : String(value);
  const safe =
    typeof value === 'string' && /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
