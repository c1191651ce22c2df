import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { z } from 'zod';
import { countQuery } from './fields.ts';
import { Problem } from './problem.ts';

/** Query of every list. */
export const PageQuery = {
  limit: countQuery(1, 200).default(50).meta({ description: 'Items on a page' }),
  cursor: z.string().min(1).max(2000).optional().meta({ description: '`nextCursor` of the page before' }),
};

/** A page of a list in the contract's shape. */
export function pageOf<T extends z.ZodType>(item: T, id: string) {
  return z
    .object({ items: z.array(item).max(200), nextCursor: z.string().max(2000).nullable() })
    .meta({ id, description: 'A page of a list; `nextCursor` is null on the last one' });
}

/** An opaque cursor: the sort values of the last row of a page. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const KINDS = {
  uuid: (value: unknown) => typeof value === 'string' && UUID.test(value),
  text: (value: unknown) => typeof value === 'string' && !value.includes('\0'),
  integer: (value: unknown) => Number.isSafeInteger(value),
};

/** The sort values in a cursor, of the kinds given; throws 422 for anything that this service did not make. */
export function decodeCursor(cursor: string, kinds: readonly (keyof typeof KINDS)[]): (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && values.length === kinds.length) {
      if (kinds.every((kind, index) => KINDS[kind](values[index]))) return values;
    }
  } catch {
    // falls through: not ours
  }
  throw invalidCursor();
}

function invalidCursor(): Problem {
  return new Problem('invalid_content', {
    errors: [
      {
        pointer: '/cursor',
        code: 'invalid_cursor',
        detail: { id: 'Bukan kursor daftar ini.', en: 'Not a cursor of this list.' },
      },
    ],
  });
}

/**
 * Marks every cursor that goes out with its list, and takes the mark off those that come in: the cursor of another
 * list is refused and not read as a position in this one.
 */
export const cursors = fp(async (app: FastifyInstance) => {
  app.addHook('preValidation', (request, _reply, done) => {
    const query = request.query as { cursor?: unknown };
    if (typeof query.cursor !== 'string' || query.cursor === '') return done();
    const mark = markOf(request);
    if (!query.cursor.startsWith(mark)) return done(invalidCursor());
    query.cursor = query.cursor.slice(mark.length);
    done();
  });
  app.addHook('preSerialization', async (request, _reply, payload) => {
    const { nextCursor } = (payload ?? {}) as { nextCursor?: unknown };
    if (typeof nextCursor !== 'string') return payload;
    return { ...(payload as object), nextCursor: `${markOf(request)}${nextCursor}` };
  });
});

function markOf({ routeOptions }: FastifyRequest): string {
  return `${createHash('sha256').update(String(routeOptions.url)).digest('base64url').slice(0, 4)}.`;
}

/**
 * One page from rows that were read with one more than `limit`; `key` gives the sort values of a row.
 */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => (string | number)[],
  view: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    nextCursor: rows.length > limit && last ? encodeCursor(key(last)) : null,
  };
}
