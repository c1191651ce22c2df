import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp(undefined, { RATE_LIMIT_PER_MINUTE: '5' });
});
afterAll(() => service.close());

test('a client is told what is left of its minute, and stopped with the time to wait', async () => {
  const first = await service.send({ url: '/v1/employers' });
  expect(first.headers).toMatchObject({
    'ratelimit-policy': '"default";q=5;w=60',
    ratelimit: '"default";r=4;t=60',
  });
  for (let call = 0; call < 4; call += 1) await service.send({ url: '/v1/employers' });
  const stopped = await service.send({ url: '/v1/employers' });
  expect(stopped.json()).toMatchObject({ status: 429, code: 'too_many_requests' });
  expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0);
  const other = await service.token({ agency: 'another' });
  expect((await service.send({ url: '/v1/employers', token: other })).statusCode).toBe(200);
});

test('whoever is refused is counted by address', async () => {
  for (let call = 0; call < 5; call += 1) {
    const refused = await service.send({ url: '/v1/employers', token: 'guess' });
    expect(refused.statusCode).toBe(401);
    expect(refused.headers.ratelimit).toMatch(/^"default";r=\d;t=\d+$/);
  }
  expect((await service.send({ url: '/v1/employers', token: 'guess' })).statusCode).toBe(429);
});
