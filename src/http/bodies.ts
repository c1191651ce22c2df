import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from './problem.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON bodies: UTF-8 without repair, no prototype tricks, no name twice; anything else is 400 `malformed_json`. */
export const jsonBodies = fp(async (app: FastifyInstance) => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    (request, body, done) => {
      let text: string;
      try {
        text = utf8.decode(body as Buffer);
      } catch {
        done(new Problem('malformed_json'));
        return;
      }
      // Some clients name a type for a body that they do not send.
      if (text === '') done(null, undefined);
      else
        void parse(request, text, (error, value) => {
          const malformed = error !== null || repeatsName(text, value);
          done(malformed ? new Problem('malformed_json') : null, value);
        });
    },
  );
});

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

/**
 * Whether a name stands twice in an object of a JSON text, of which a gateway may have read the first and we the last
 * (RFC 8259 section 4).
 *
 * @param value the text, parsed
 */
export function repeatsName(json: string, value: unknown): boolean {
  return namesIn(json) !== membersOf(value);
}

/** How many names of members stand in a JSON text. */
function namesIn(json: string): number {
  let names = 0;
  for (const [, colon] of json.matchAll(STRING)) if (colon !== undefined) names += 1;
  return names;
}

/** How many members a value has, in all its objects. Without recursion, as the depth is the caller's. */
function membersOf(value: unknown): number {
  let members = 0;
  const open = [value];
  while (open.length > 0) {
    const at = open.pop();
    if (at === null || typeof at !== 'object') continue;
    const inner = Object.values(at);
    if (!Array.isArray(at)) members += inner.length;
    for (const each of inner) open.push(each);
  }
  return members;
}
