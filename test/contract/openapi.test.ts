import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMMITTED } from '#src/cli/openapi.ts';

type Operation = {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
};

let text: string;
let operations: { name: string; operation: Operation }[];
let tags: string[];
beforeAll(async () => {
  text = await readFile(COMMITTED, 'utf8');
  const document = parse(text);
  tags = document.tags.map(({ name }: { name: string }) => name);
  operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
  );
});

describe('the OpenAPI document', () => {
  test('is the one of the service: `npm run openapi` writes it', async () => {
    // In a process of its own: the names of schemas depend on what a process has described before.
    await promisify(execFile)(process.execPath, ['src/cli/patuh.ts', 'openapi', '--check']);
  });

  test('names every operation, once', () => {
    expect(operations.length).toBeGreaterThan(30);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id) => !/^[a-z]+[A-Z][A-Za-z]+$/.test(id ?? ''))).toEqual([]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('says of every operation what it does, where it belongs and who may call it', () => {
    const silent = operations.filter(
      ({ operation: { summary, tags: own, security } }) =>
        !summary || own?.length !== 1 || !tags.includes(own[0] as string) || security === undefined,
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('has nothing public but what is known to be', () => {
    const open = operations.filter(({ operation: { security = [] } }) =>
      security.every((way) => !Object.hasOwn(way, 'oauth2')),
    );
    expect(open.map(({ operation }) => operation.operationId)).toEqual([
      'getSigningKeys',
      'getIssuerMetadata',
      'getLiveness',
      'getReadiness',
      'getMetrics',
      'issueToken',
      'getOpenApi',
      'verifyReceipt',
    ]);
  });

  test('has problem documents for every failure, outside the words of OAuth', () => {
    const failures = operations
      .filter(({ operation }) => operation.operationId !== 'issueToken')
      .map(({ name, operation }) => ({
        name,
        failures: Object.entries(operation.responses).filter(([status]) => /^[45]/.test(status)),
      }));
    expect(failures.filter((each) => each.failures.length === 0)).toEqual([]);
    const others = failures.flatMap((each) =>
      each.failures
        .filter(([, { content }]) => !isProblem(content))
        .map(([status]) => `${each.name} ${status}`),
    );
    expect(others).toEqual([]);
  });
});

function isProblem(content: Operation['responses'][string]['content']): boolean {
  return content?.['application/problem+json']?.schema.$ref === '#/components/schemas/Problem';
}
