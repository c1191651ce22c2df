import type { FastifyInstance } from 'fastify';

/** What of an answer says something about the page, and not about who asked for it when. */
const KEPT_HEADERS = ['content-type', 'cache-control', 'etag', 'last-modified', 'location'];
const MAKING = 'x-patuh-making';
/** The service's own question counts against the limit of no caller. */
const NOBODY = '0.0.0.0';
/** A target may name the server, too (RFC 9112 section 3.2.2). */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

type Kept = { status: number; headers: Record<string, string>; body: Buffer };

/**
 * Answers of public pages that say the same to everybody are made once, when they are first asked for, and kept as one
 * piece of memory each: whoever needs no token to ask must cost nothing to speak of, however often it asks and however
 * little of it it reads. They know no parameters, and no parts of them (RFC 9110 section 14) are given.
 *
 * @param files addresses of files among them; those of routes are known by themselves
 */
export function keepAnswers(pages: FastifyInstance, files: readonly string[] = []): void {
  const known = new Set(files);
  const kept = new Map<string, Promise<Kept>>();
  /** By it the service tells its own question from those of others. */
  const making = crypto.randomUUID();

  async function make(path: string): Promise<Kept> {
    const made = await pages.inject({ url: path, headers: { [MAKING]: making }, remoteAddress: NOBODY });
    if (made.statusCode >= 400) throw new Error(`${path} was answered with ${made.statusCode}`);
    const headers = Object.entries(made.headers).filter(([name]) => KEPT_HEADERS.includes(name));
    return {
      status: made.statusCode,
      headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
      body: made.rawPayload,
    };
  }

  pages.addHook('onRoute', ({ url }) => {
    if (!url.includes('*')) known.add(url);
  });
  // By then a request has been given its id, and has been counted.
  pages.addHook('preHandler', async (request, reply) => {
    if (request.headers[MAKING] === making) return;
    const [path = '', query] = request.url.replace(ORIGIN, '').split('?', 2);
    // Other spellings of an address would each have to be made.
    if (!known.has(path)) return reply.callNotFound();
    // Relative, as a gateway may have more in front of it.
    if (query !== undefined) return reply.redirect(path.slice(path.lastIndexOf('/') + 1) || './', 308);
    let answer = kept.get(path);
    if (!answer) {
      answer = make(path);
      kept.set(path, answer);
      answer.catch(() => kept.delete(path));
    }
    const { status, headers, body } = await answer;
    reply.headers(headers);
    if (isHeld(request.headers['if-none-match'], headers.etag)) return reply.code(304).send();
    // An empty one has no kind.
    return reply.code(status).send(body.length > 0 ? body : undefined);
  });
}

/** Whether who asks has what has this entity tag (RFC 9110 section 13.1.2). */
function isHeld(held: string | undefined, etag: string | undefined): boolean {
  if (held === undefined || etag === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return held.trim() === '*' || held.split(',').some((tag) => opaque(tag) === opaque(etag));
}
