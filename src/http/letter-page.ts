import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Deps } from '#src/deps.ts';

/** A printed page, in a route's document. */
export const Page = z.string().max(10_000_000);

/** Nothing is fetched and nothing runs; a letterhead may hold its emblem. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Sends a page in Indonesian that is to be printed; `name` is that of the file if it is saved. */
export function sendPage(reply: FastifyReply, page: string, name: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-language', 'id')
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('content-disposition', `inline; filename="${name}.html"`)
    .send(page);
}

/** An agency as a letterhead names it. */
export type LetterheadAgency = { agency: string; place?: string };

/** What agencies with these codes are called, and where letters of theirs are dated; one that is not on file by its code. */
export async function letterheads(
  { database, regions }: Pick<Deps, 'database' | 'regions'>,
  codes: readonly string[],
): Promise<(code: string) => LetterheadAgency> {
  const found = await database.pool.query<{ code: string; name: string; regions: string[] }>(
    'select code, name, regions from agencies where code = any($1::text[])',
    [codes],
  );
  const rows = new Map(found.rows.map((row) => [row.code, row]));
  return (code) => {
    const row = rows.get(code);
    if (!row) return { agency: code };
    const [region, ...others] = row.regions;
    const place = region !== undefined && others.length === 0 ? regions.name(region) : undefined;
    // A letter is dated at Kulon Progo, not at Kabupaten Kulon Progo.
    return { agency: row.name, ...(place && { place: place.replace(/^(Kabupaten|Kota) /, '') }) };
  };
}
