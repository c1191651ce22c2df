import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from './problem.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON bodies: UTF-8 without repair, no prototype tricks; anything else in them is 400 `malformed_json`. */
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
      else parse(request, text, (error, value) => done(error && new Problem('malformed_json'), value));
    },
  );
});
