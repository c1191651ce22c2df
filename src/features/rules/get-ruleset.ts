import { z } from 'zod';
import type { Language } from '#src/domain/language.ts';
import { languageOf, Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { version as release } from '#src/version.ts';
import { Ruleset, rulesetView } from './ruleset.ts';

const CURRENT = 'current';

export const getRuleset: UseCase = (app, deps) => {
  app.get(
    '/v1/rulesets/:version',
    {
      config: { access: { anyOf: [] }, problems: ['not_found'] },
      schema: {
        operationId: 'getRuleset',
        tags: ['rules'],
        summary: 'Read a ruleset: every parameter of law with its values, their articles and sources',
        params: z.strictObject({
          version: z
            .string()
            .min(1)
            .max(100)
            .meta({ description: '`rulesetVersion` of a verdict, or `current`', examples: [CURRENT] }),
        }),
        response: { 200: Ruleset, 304: z.null().meta({ description: 'Not modified' }) },
      },
    },
    async (request, reply) => {
      const { version } = request.params;
      const { rulesets } = deps;
      const law = version === CURRENT ? (await rulesets.now()).law : await rulesets.byVersion(version);
      if (!law) throw new Problem('not_found');
      const language = languageOf(request);
      const tag = tagOf(law.version, language);
      reply.headers({
        etag: tag,
        vary: 'accept-language',
        'content-language': language,
        'cache-control': version === CURRENT ? 'private, no-cache' : 'private, max-age=86400, immutable',
      });
      if (request.headers['if-none-match'] === tag) return reply.status(304).send(null);
      return rulesetView(law, language);
    },
  );
};

/** A ruleset never changes; how it is shown may, from release to release. */
function tagOf(version: string, language: Language): string {
  return `"${version}-${release}-${language}"`;
}
