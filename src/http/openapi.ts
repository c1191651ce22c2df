import swagger from '@fastify/swagger';
import type { FastifyInstance, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import { jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Scope } from './actor.ts';
import { completeDocument, describeSchemas, keepsAnswers } from './complete-document.ts';
import { docsPage } from './docs-page.ts';
import { PROBLEMS, type ProblemCode } from './problem-table.ts';
import { pruneComponents } from './prune-components.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Problems of the use case itself; those that any route can answer with are added by its access. */
    problems?: readonly ProblemCode[];
    /** Left out of the OpenAPI document. */
    undocumented?: boolean;
  }
}

export const ProblemDocument = z
  .object({
    type: z.string().max(200).meta({ description: 'Stable URI of the kind of problem' }),
    title: z.string().max(300),
    status: z.int().min(400).max(599),
    detail: z.string().max(2000).optional(),
    instance: z.string().max(300).optional(),
    parameter: z.string().max(200).optional().meta({ description: 'Of `parameter_not_published`' }),
    period: z.string().max(7).optional().meta({ description: 'Of `parameter_not_published`' }),
    notBefore: z
      .string()
      .max(10)
      .optional()
      .meta({ description: 'Of `sanction_step_too_early`: the first day' }),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    errors: z
      .array(
        z.object({
          pointer: z.string().max(500).meta({ description: 'JSON pointer (RFC 6901) into the request' }),
          code: z.string().max(100),
          detail: z.string().max(1000),
        }),
      )
      .max(1000)
      .optional(),
  })
  .meta({ id: 'Problem', description: 'Problem document (RFC 9457)' });

const SCOPE_MEANINGS: Record<Scope, string> = {
  'registry:read': 'Read employers',
  'registry:write': 'Create and change employers',
  'declarations:write': 'Declare rosters',
  'payments:write': 'Record payments and reversals',
  'workers:read': 'Read workers with masked NIK',
  'workers:identify': 'Read workers with full NIK, for a stated purpose',
  'compliance:read': 'Read ledgers, verdicts and lists',
  'checks:create': 'Check employers',
  'flags:write': 'Propose, decide and lift flags, and contest breaches',
  'sanctions:write': 'Run sanction procedures, and suspend breaches by plans, disputes and invitations',
  'certificates:issue': 'Issue certificates',
  'evidence:write': 'Record evidence',
  'reports:read': 'Read reports',
  'audit:read': 'Read audit records',
  admin: 'Manage agencies and clients',
};

/** Who the server is for, in an extension that inventories of interfaces read. */
const FOR_ALL = { 'x-internal': false };

/** Collects the routes into the OpenAPI 3.1 document at `/openapi.json`, with a page for people at `/docs`. */
export const openApi = fp(async (app: FastifyInstance, options: { version: string; docs: boolean }) => {
  app.addHook('onRoute', describeRoute);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Patuh',
        version: options.version,
        description:
          'System of record for the social-security compliance of Indonesian employers: what was declared, due and ' +
          'paid to BPJS Ketenagakerjaan, and a verdict with reasons for public bodies to act on.',
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
        contact: { name: 'Patuh', url: 'https://patuh.example' },
      },
      servers: [
        { url: 'https://patuh.example', description: 'Production, as an agency deploys it', ...FOR_ALL },
      ],
      tags: [
        { name: 'callers', description: 'Tokens, agencies and their clients' },
        { name: 'registry', description: 'Employers, outsourcing vendors and workers' },
        { name: 'contributions', description: 'What is declared, due and paid' },
        { name: 'imports', description: 'Files of employers, rosters, payments and evidence' },
        { name: 'compliance', description: 'Ledger, verdict, remedy and lists' },
        { name: 'checks', description: 'Checks with signed receipts' },
        { name: 'flags', description: 'What agencies hold against an employer' },
        { name: 'evidence', description: 'What agencies saw of workers and wages' },
        { name: 'minimum wages', description: 'The least that may be paid, by region and year' },
        { name: 'inspections', description: 'Whom to inspect first, who goes, and what comes of it' },
        { name: 'reports', description: 'Cross-checks over all rosters of a month' },
        { name: 'suspensions', description: 'Payment plans, disputes and invitations to regularise' },
        { name: 'sanctions', description: 'Procedures under PP 86/2013, step by step' },
        { name: 'accesses', description: 'Who asked about an employer, and what it sees of that when' },
        { name: 'placements', description: 'Contracts under which outsourcing vendors place workers' },
        { name: 'rules', description: 'The law as data, and calculations with it' },
        { name: 'operations', description: 'Health, metrics and documents of the service' },
      ],
      components: {
        securitySchemes: {
          oauth2: {
            type: 'oauth2',
            description: 'JWT access token (RFC 9068) as bearer, verified as RFC8725 says',
            flows: {
              clientCredentials: { tokenUrl: 'https://patuh.example/oauth/token', scopes: SCOPE_MEANINGS },
            },
          },
          client: {
            type: 'http',
            scheme: 'basic',
            description: 'client_secret_basic (RFC 6749 section 2.3.1)',
          },
        },
      },
    },
    hideUntagged: true,
    transform: describeSchemas,
    transformObject: (document) =>
      completeDocument(pruneComponents(jsonSchemaTransformObject(document as never) as object)),
  });
  let document: Buffer | undefined;
  app.get(
    '/openapi.json',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getOpenApi',
        tags: ['operations'],
        summary: 'This document',
        response: { 200: z.object({}).loose().meta({ description: 'OpenAPI 3.1' }) },
      },
    },
    async (_request, reply) => {
      // Large, and the same for all: one piece of memory, however many answers wait to be read.
      document ??= Buffer.from(JSON.stringify(app.swagger()));
      return reply.type('application/json; charset=utf-8').send(document);
    },
  );
  if (options.docs) await app.register(docsPage);
});

/** Adds to a route what its access says: security, and the problems that any such route can answer with. */
function describeRoute(route: RouteOptions): void {
  if (!route.schema?.tags) return;
  const { access, problems = [] } = route.config ?? {};
  const own = access === undefined || access === 'public' ? [] : authenticated(access.anyOf.length > 0);
  const reading = route.method === 'GET' || route.method === 'HEAD';
  const codes: ProblemCode[] = [
    ...own,
    ...(reading ? [] : BODY_PROBLEMS),
    'bad_request',
    'too_many_requests',
    'internal',
    'unavailable',
    ...(keepsAnswers(route) ? IDEMPOTENCY_PROBLEMS : []),
    ...problems,
  ];
  if (route.schema.params || route.schema.querystring || route.schema.body) codes.push('invalid_content');
  const responses = { ...(route.schema.response as Record<string, unknown>) };
  for (const status of [...new Set(codes.map((code) => PROBLEMS[code].status))].sort()) {
    const titles = [...new Set(codes)].filter((code) => PROBLEMS[code].status === status);
    responses[status] ??= {
      description: titles.map((code) => PROBLEMS[code].en).join('; '),
      content: { 'application/problem+json': { schema: ProblemDocument } },
    };
  }
  route.schema.response = responses;
  if (access === undefined || access === 'public') route.schema.security ??= [];
  else if (access.anyOf.length === 0) route.schema.security = [{ oauth2: [] }];
  else route.schema.security = access.anyOf.map((scope) => ({ oauth2: [scope] }));
}

const BODY_PROBLEMS: ProblemCode[] = [
  'malformed_json',
  'payload_too_large',
  'request_timeout',
  'unsupported_media_type',
];
const IDEMPOTENCY_PROBLEMS: ProblemCode[] = ['idempotency_in_flight', 'idempotency_key_reused'];

function authenticated(scoped: boolean): ProblemCode[] {
  return scoped ? ['unauthorized', 'insufficient_scope'] : ['unauthorized'];
}
