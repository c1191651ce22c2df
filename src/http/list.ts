import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { streamRows } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { actorOf } from './access.ts';
import { page } from './cursor.ts';
import { negotiate } from './negotiate.ts';
import { readAhead } from './read-ahead.ts';
import { cellOf, workbook, XLSX } from './workbook.ts';

/** How a list can be had. */
const FORMS = ['application/json', 'text/csv', 'application/x-ndjson', XLSX] as const;
type Form = (typeof FORMS)[number];

/** A list as one SQL query in the order of its keyset. */
export type ListQuery<Row> = {
  /** Without limit; filters and the cursor's position are in it. */
  sql: string;
  values: unknown[];
  limit: number;
  /** The sort values of a row, for the cursor. */
  key: (row: Row) => (string | number)[];
  view: (row: Row) => object;
  /** Columns of the forms for spreadsheets: paths into the view. */
  csv: readonly string[];
};

/**
 * Answers with a page as JSON, or, where the caller accepts CSV, NDJSON or XLSX, streams the whole list row by
 * row from the read-only pool.
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
  return stream(request, reply, type, streamRows<Row>(deps.database, list.sql, list.values), list);
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
  return stream(request, reply, type, [[...rows]], list);
}

/**
 * The same for a list that is computed: `batches` of it in the order of its keyset, from the cursor's position on.
 *
 * @param list.completed adds to the rows of a page what streams do not show
 */
export async function sendBatches<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    batches,
    limit,
    completed = async (rows) => rows,
    ...list
  }: { batches: AsyncIterable<Row[]>; completed?: (rows: Row[]) => Promise<Row[]> } & Omit<
    ListQuery<Row>,
    'sql' | 'values'
  >,
): Promise<FastifyReply> {
  const type = negotiate(request.headers.accept, FORMS);
  if (type !== 'application/json') return stream(request, reply, type, batches, list);
  const rows: Row[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length > limit) break;
  }
  const shown = await completed(rows.slice(0, limit));
  return reply
    .header('vary', 'accept')
    .send(page([...shown, ...rows.slice(limit)], limit, list.key, list.view));
}

type Shown<Row> = Pick<ListQuery<Row>, 'view' | 'csv'>;
type Batches<Row> = AsyncIterable<Row[]> | Iterable<Row[]>;

function stream<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  type: Exclude<Form, 'application/json'>,
  rows: Batches<Row>,
  list: Shown<Row>,
): FastifyReply {
  reply.header('vary', 'accept');
  if (type === XLSX) {
    const name = nameOf(request);
    return reply
      .header('content-disposition', `attachment; filename="${name}.xlsx"`)
      .type(type)
      .send(ahead(request, sheet(name, rows, list)));
  }
  const lines = type === 'text/csv' ? csvLines(rows, list) : ndjsonLines(rows, list);
  return reply.type(`${type}; charset=utf-8`).send(ahead(request, lines));
}

function ahead(request: FastifyRequest, source: AsyncIterable<string | Uint8Array>): Readable {
  return readAhead(source, { room: request.server.waitingRoom, reader: actorOf(request).client });
}

/** What a list is called as a file: the end of its address. */
function nameOf({ url }: FastifyRequest): string {
  return /\/([a-z][a-z-]*)(?:\?|$)/.exec(url)?.[1] ?? 'list';
}

async function* ndjsonLines<Row>(rows: Batches<Row>, list: Shown<Row>): AsyncGenerator<string> {
  for await (const batch of rows) yield batch.map((row) => `${JSON.stringify(list.view(row))}\n`).join('');
}

async function* csvLines<Row>(rows: Batches<Row>, list: Shown<Row>): AsyncGenerator<string> {
  // With the first rows: without them it is no answer yet.
  let lines = `${list.csv.join(',')}\r\n`;
  const paths = pathsOf(list);
  for await (const batch of rows) {
    for (const row of batch) {
      const shown = list.view(row);
      for (let column = 0; column < paths.length; column += 1) {
        if (column > 0) lines += ',';
        lines += csvCell(valueAt(shown, paths[column]!));
      }
      lines += '\r\n';
    }
    yield lines;
    lines = '';
  }
  if (lines !== '') yield lines;
}

async function* sheet<Row>(name: string, rows: Batches<Row>, list: Shown<Row>): AsyncGenerator<Uint8Array> {
  const cells = sheetRows(rows, list);
  try {
    // Its bytes begin before its rows do: without them it is no answer yet, either.
    const first = await cells.next();
    const all = async function* () {
      if (!first.done) yield first.value;
      yield* cells;
    };
    yield* workbook(name, list.csv, all());
  } finally {
    await cells.return(undefined);
  }
}

async function* sheetRows<Row>(rows: Batches<Row>, list: Shown<Row>) {
  const paths = pathsOf(list);
  for await (const batch of rows) {
    yield* batch.map((row) => {
      const shown = list.view(row);
      return paths.map((path) => cellOf(valueAt(shown, path)));
    });
  }
}

function pathsOf<Row>({ csv }: Shown<Row>): string[][] {
  return csv.map((path) => path.split('.'));
}

/** What stands at a path: of a list, in each of its members. */
function valueAt(shown: unknown, path: readonly string[], from = 0): unknown {
  let value = shown;
  for (let step = from; step < path.length; step += 1) {
    if (Array.isArray(value)) return value.map((each) => valueAt(each, path, step));
    value = (value as Record<string, unknown> | null | undefined)?.[path[step]!];
  }
  return value;
}

/** RFC 4180, and no cell that a spreadsheet would run as a formula. */
function csvCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = Array.isArray(value) ? value.join('|') : String(value);
  const safe = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
