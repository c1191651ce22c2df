import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { keepAnswers } from './kept-answers.ts';

const ADDRESS = '/docs';
const PACKAGE = createRequire(import.meta.url).resolve('@fastify/swagger-ui/package.json');

/** The page for people at `/docs`, where every route of the document can be tried. */
export async function docsPage(docs: FastifyInstance): Promise<void> {
  docs.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'public' };
  });
  const files = readdirSync(join(dirname(PACKAGE), 'static'));
  keepAnswers(
    docs,
    files.map((file) => `${ADDRESS}/static/${file}`),
  );
  await docs.register(swaggerUi, {
    routePrefix: ADDRESS,
    staticCSP: true,
    // Plain http on an office's network must show the page, too.
    transformStaticCSP: (header) => header.replace(/upgrade-insecure-requests;?/, ''),
    transformSpecificationClone: true,
    transformSpecification: (document) => forTrying(document),
  });
}

/** The document for the docs page: requests go to where the page came from, with a token that a person pastes. */
function forTrying(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const bearer = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
  const text = JSON.stringify({ ...document, servers: [{ url: '/' }] }).replace(
    /"oauth2":\[[^\]]*\]/g,
    '"bearer":[]',
  );
  const trying = JSON.parse(text) as { components: { securitySchemes: Record<string, unknown> } };
  trying.components.securitySchemes.bearer = bearer;
  return trying;
}
