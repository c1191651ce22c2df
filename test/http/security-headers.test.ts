import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

let service: TestApp;

beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

test.each([
  ['an answer', '/v1/rulesets/current', 200],
  ['an address that is none', '/v1/nothing', 404],
  ['a query that is none', '/v1/rulesets?colour=red', 422],
  ['a caller without a token', '/v1/employers?limit=1', 401],
])('%s says what a browser may do with it', async (_what, url, status) => {
  const answer = await service.send({ url, ...(status === 401 && { token: 'none' }) });
  expect(answer.statusCode, answer.body).toBe(status);
  expect(answer.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
  });
  expect(answer.headers).not.toHaveProperty('x-powered-by');
});
