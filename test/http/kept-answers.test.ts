import { Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keepAnswers } from '#src/http/kept-answers.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';

const FILES = ['one.js', 'two.js', 'three.js', 'none.js'].map((name) => `/files/${name}`);

describe('a page that says the same to everybody', () => {
  let app: FastifyInstance;
  let made: string[];

  beforeAll(() => {
    app = fastify();
    keepAnswers(app, FILES);
    for (const address of ['/page', '/page/'])
      app.get(address, (request, reply) => {
        made.push(request.url);
        return reply.type('text/html').send(`page of ${request.url}`);
      });
    app.get<{ Params: { '*': string } }>('/files/*', (request, reply) => {
      const file = request.params['*'];
      made.push(file);
      if (file === 'none.js') return reply.callNotFound();
      return reply
        .headers({ etag: 'W/"1"', 'content-type': 'text/plain' })
        .send(Readable.from([file, ' read']));
    });
  });
  afterAll(() => app.close());
  beforeEach(() => {
    made = [];
  });

  const answer = (url: string, more: object = {}) => app.inject({ url, ...more });
  const answers = (times: number, url: string) =>
    Promise.all(Array.from({ length: times }, () => answer(url)));

  test('is made once for all who ask, now and later, and with its kind', async () => {
    for (const each of [...(await answers(50, '/files/one.js')), ...(await answers(3, '/files/one.js'))]) {
      expect(each).toMatchObject({ statusCode: 200, body: 'one.js read' });
      expect(each.headers).toMatchObject({ etag: 'W/"1"', 'content-type': 'text/plain' });
    }
    expect(made).toEqual(['one.js']);
  });

  test('is another where the address ends in a slash', async () => {
    for (let time = 0; time < 2; time += 1) {
      expect((await answer('/page/')).body).toBe('page of /page/');
      expect((await answer('/page')).body).toBe('page of /page');
    }
    expect(made).toEqual(['/page/', '/page']);
  });

  test('is not sent to who has it, nor in parts', async () => {
    for (const held of ['"1"', 'W/"1"', '"0", W/"1"', '*']) {
      const same = await answer('/files/two.js', { headers: { 'if-none-match': held } });
      expect(same, held).toMatchObject({ statusCode: 304, body: '' });
    }
    for (const headers of [{ 'if-none-match': '"2"' }, { range: 'bytes=0-1' }]) {
      expect(await answer('/files/two.js', { headers })).toMatchObject({
        statusCode: 200,
        body: 'two.js read',
      });
    }
    expect(made).toEqual(['two.js']);
  });

  test.each([
    ['/page', 'page of /page'],
    ['/files/three.js', 'three.js read'],
  ])('%s has a head', async (url, body) => {
    const head = await answer(url, { method: 'HEAD' });
    expect(head).toMatchObject({ statusCode: 200, body: '' });
    expect(head.headers['content-length']).toBe(String(body.length));
  });

  test('has one address: what is added to it is cut off, and other spellings are none', async () => {
    const longer = await answer('/page?again=1');
    expect(longer.statusCode).toBe(308);
    expect(longer.headers.location).toBe('page');
    expect((await answer('/page/?again=1')).headers.location).toBe('./');
    made = [];
    for (const spelling of ['/p%61ge', '/files/t%77o.js', '/files/other.js', '/files/', '/files/other.js?a'])
      expect((await answer(spelling)).statusCode, spelling).toBe(404);
    expect(made).toEqual([]);
  });

  test('is tried again where it could not be made', async () => {
    expect((await answers(3, '/files/none.js')).map(({ statusCode }) => statusCode)).toEqual([500, 500, 500]);
    expect((await answer('/files/none.js')).statusCode).toBe(500);
    expect(made).toEqual(['none.js', 'none.js']);
  });
});

describe('the page with the documentation', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startApp();
  });
  afterAll(() => service.close());

  test.each([
    ['/docs/', 'text/html', './static/swagger-ui.css'],
    ['/docs', 'text/html', '/docs/static/swagger-ui.css'],
    ['/docs/json', 'application/json', '"openapi":"3.1.0"'],
    ['/docs/yaml', 'application/x-yaml', 'openapi: 3.1.0'],
    ['/docs/static/swagger-initializer.js', 'application/javascript', 'SwaggerUI'],
    ['/docs/static/swagger-ui.css', 'text/css', '.swagger-ui'],
  ])('%s is the same the second time, but for the request', async (url, type, part) => {
    const first = await service.app.inject({ url });
    const second = await service.app.inject({ url });
    expect(first.statusCode).toBe(200);
    expect(first.headers['content-type']).toContain(type);
    expect(first.body).toContain(part);
    expect(second.rawPayload.equals(first.rawPayload)).toBe(true);
    for (const name of ['content-type', 'content-security-policy', 'etag', 'content-length']) {
      expect(second.headers[name], name).toBe(first.headers[name]);
    }
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect(second.headers['ratelimit-policy']).toBe(first.headers['ratelimit-policy']);
    expect(second.headers.ratelimit).not.toBe(first.headers.ratelimit);
  });

  test('leads from one address to another as before', async () => {
    for (let time = 0; time < 2; time += 1) {
      const answer = await service.app.inject({ url: '/docs/static/index.html' });
      expect(answer.statusCode).toBe(302);
      expect(answer.headers.location).toBe('/docs/');
      expect(answer.headers).not.toHaveProperty('content-type');
    }
  });
});
