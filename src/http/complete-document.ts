import { STATUS_CODES } from 'node:http';
import type { RouteOptions } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { XLSX } from './workbook.ts';

type Described = Pick<RouteOptions, 'config' | 'method' | 'schema'>;
type Node = Record<string, unknown>;
type Operation = {
  parameters?: { in: string; name: string }[];
  responses: Record<string, { description: string; content?: Node; headers?: Node }>;
};
type Document = { paths: Record<string, Record<string, Operation>>; components: Node };

const INT32_MAX = 2 ** 31 - 1;
/** What @fastify/swagger writes where a route says nothing. */
const UNDESCRIBED = 'Default Response';

const line = (description: string, maxLength: number, example: string) => ({
  description,
  schema: { type: 'string', maxLength, examples: [example] },
});

const HEADERS = {
  'X-Request-Id': line('Id of the request, taken over or made; it stands in the log', 128, 'a1b2c3'),
  RateLimit: line(
    'What is left of the limit, and seconds until it is full again',
    100,
    '"default";r=119;t=60',
  ),
  'RateLimit-Policy': line('Requests in a window of seconds', 100, '"default";q=120;w=60'),
  'Retry-After': {
    description: 'Seconds to wait',
    schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 3600 },
  },
  'WWW-Authenticate': line('Why the token does not do (RFC 6750 section 3)', 1000, 'Bearer'),
  'Content-Language': {
    description: 'Language of title and detail, chosen by `Accept-Language`',
    schema: { type: 'string', enum: ['id', 'en'] },
  },
  Location: line('Address of what was made, where it has one of its own', 500, '/v1/flags/0199c7e0'),
  ETag: line('Version of the resource, for `If-Match`', 100, '"1"'),
  'Idempotency-Replayed': {
    description: 'The answer is the first one to this `Idempotency-Key`',
    schema: { type: 'string', const: 'true' },
  },
};

/** What a list streams to a caller who accepts it. */
const STREAMS = {
  'text/csv': { schema: { description: 'All of the list, with a line of headings (RFC 4180)' } },
  'application/x-ndjson': { schema: { description: 'All of the list, an item a line' } },
  [XLSX]: { schema: { description: 'All of the list as a workbook, with a row of headings (ECMA-376)' } },
};

const IDEMPOTENCY_KEY = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  description: 'The same key and content get the first answer again, for 24 hours',
};

const IF_MATCH = {
  type: 'string',
  minLength: 1,
  maxLength: 1000,
  description: '`ETag` of the version that is changed',
};

/** Whether a route keeps its answer under an Idempotency-Key: each POST that creates does, and others that say so. */
export function keepsAnswers({ config, method, schema }: Described): boolean {
  const creates = method === 'POST' && 201 in ((schema?.response as object) ?? {});
  return config?.problems?.includes('idempotency_key_reused') || creates;
}

type Transformed = Parameters<typeof jsonSchemaTransform>[0];

/** A route's schemas as JSON Schema, with bodies of several media types, and the headers that the use case reads. */
export function describeSchemas(input: Transformed): ReturnType<typeof jsonSchemaTransform> {
  const { content } = (input.schema?.body ?? {}) as { content?: Record<string, { schema: unknown }> };
  const toJson = (schema: object) => jsonSchemaTransform({ ...input, schema } as Transformed).schema;
  const bodies = Object.entries(content ?? {}).map(([type, { schema: body }]) => [
    type,
    { schema: toJson({ body }).body },
  ]);
  const headers = requestHeaders(input.route);
  const schema = {
    ...toJson(content ? { ...input.schema, body: undefined } : input.schema),
    ...(content && { body: { content: Object.fromEntries(bodies) } }),
    ...(headers && { headers }),
  };
  return { schema, url: input.url };
}

/** The headers that a route reads, as a schema for the document only: the use case reads and refuses them itself. */
function requestHeaders(route: Described): Node | undefined {
  const conditional = route.config?.problems?.includes('precondition_required') ?? false;
  const properties = {
    ...(keepsAnswers(route) && { 'Idempotency-Key': IDEMPOTENCY_KEY }),
    ...(conditional && { 'If-Match': IF_MATCH }),
  };
  if (Object.keys(properties).length === 0) return undefined;
  return { type: 'object', properties, required: conditional ? ['If-Match'] : [] };
}

/** Adds what stands in no schema of its own: headers of answers, the other forms of lists, formats of integers. */
export function completeDocument(incomplete: object): object {
  const document = incomplete as Document;
  for (const path of Object.values(document.paths)) {
    const versioned = Object.values(path).some((operation) => reads(operation, 'If-Match'));
    for (const operation of Object.values(path)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        if (
          status === '200' &&
          '406' in operation.responses &&
          'application/json' in (response.content ?? {})
        )
          response.content = { ...response.content, ...STREAMS };
        if (response.description === UNDESCRIBED) response.description = STATUS_CODES[status] ?? status;
        const names = headersOf(status, response.content ?? {});
        if (versioned && /^2/.test(status)) names.push('ETag');
        if (/^2/.test(status) && reads(operation, 'Idempotency-Key')) names.push('Idempotency-Replayed');
        response.headers = Object.fromEntries(
          names.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
        );
      }
    }
  }
  const complete = { ...document, components: { ...document.components, headers: HEADERS } };
  giveIntegersFormats(complete);
  return complete;
}

function headersOf(status: string, content: Node): (keyof typeof HEADERS)[] {
  return [
    'X-Request-Id',
    ...(/^[24]/.test(status) ? (['RateLimit', 'RateLimit-Policy'] as const) : []),
    ...(['409', '429', '503'].includes(status) ? (['Retry-After'] as const) : []),
    ...(status === '401' || status === '403' ? (['WWW-Authenticate'] as const) : []),
    ...(status === '201' || status === '202' ? (['Location'] as const) : []),
    ...('application/problem+json' in content ? (['Content-Language'] as const) : []),
  ];
}

function reads({ parameters = [] }: Operation, header: string): boolean {
  return parameters.some((parameter) => parameter.in === 'header' && parameter.name === header);
}

function giveIntegersFormats(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node && node.type === 'integer' && !('format' in node)) {
    const { maximum } = node as { maximum?: number };
    Object.assign(node, { format: maximum !== undefined && maximum <= INT32_MAX ? 'int32' : 'int64' });
  }
  for (const inner of Object.values(node)) giveIntegersFormats(inner);
}
