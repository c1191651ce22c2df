import diagnostics from 'node:diagnostics_channel';
import type { FastifyInstance, RouteOptions } from 'fastify';

/** The part of JSON Schema that the document uses of request bodies and parameters. */
export type Schema = {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};

export type Parameter = { name: string; in: 'query' | 'path' | 'header'; schema: Schema };
export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** An operation of the OpenAPI document. */
export type Operation = {
  id: string;
  method: Method;
  path: string;
  /** Any of them suffices; empty where authentication does, undefined where the operation is public. */
  scopes: string[] | undefined;
  parameters: Parameter[];
  /** Schema of its JSON body. */
  body: Schema | undefined;
};

type Document = {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
};
type Described = {
  operationId: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};

/** Every operation that the service documents. */
export function operationsOf(app: FastifyInstance): Operation[] {
  const document = documentOf(app);
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security = [], parameters = [], requestBody }]) => ({
      id: operationId,
      method: method.toUpperCase() as Method,
      path,
      scopes: security.some((each) => each.oauth2)
        ? security.flatMap((each) => each.oauth2 ?? [])
        : undefined,
      parameters,
      body: requestBody?.content['application/json']?.schema,
    })),
  );
}

/** Follows references into the document's components. */
export function resolver(app: FastifyInstance): (schema: Schema) => Schema {
  const { schemas } = documentOf(app).components;
  const resolve = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : resolve(schemas[schema.$ref.split('/').pop()!]!);
  return resolve;
}

function documentOf(app: FastifyInstance): Document {
  return app.swagger() as unknown as Document;
}

/** Collects `METHOD url` of every route, documented or not, of the applications that are built from now on. */
export function collectRoutes(): Set<string> {
  const routes = new Set<string>();
  diagnostics.subscribe('fastify.initialization', (message) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }: RouteOptions) => {
      for (const each of [method].flat()) routes.add(`${each} ${url}`);
    });
  });
  return routes;
}
