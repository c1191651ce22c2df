import { Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepAnswers } from '#src/http/kept-answers.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';

describe('a page that says the same to everybody', () => {
  let app: FastifyInstance;
  let made: string[];

  beforeAll(() => {
    app = fastify();
    keepAnswers(app);
    app.get('/page', (request, reply) => {
      made.push('page');
      return reply.type('text/html').send(`page of ${request.url}`);
    });
    app.get<{ Params: { '*': string } }>('/files/*', (request, reply) => {
      const file = request.params['*'];
      made.push(file);
      if (file === 'none.js') return reply.callNotFound();
      return reply
        .headers({ etag: '"1"', 'content-type': 'text/plain' })
        .send(Readable.from([file, ' read']));
    });
  });
  afterAll(() => app.close());

  async function answers(times: number, url: string, more: object = {}) {
    made = [];
    return Promise.all(Array.from({ length: times }, () => app.inject({ url, ...more })));
  }

  test('is made once, with the same answer every time', async () => {
    const [first] = await answers(1, '/page');
    const later = await answers(3, '/page');
    expect(first).toMatchObject({ statusCode: 200, body: 'page of /page' });
    for (const each of later) {
      expect(each).toMatchObject({ statusCode: 200, body: first!.body });
      expect(each.headers['content-type']).toBe(first!.headers['content-type']);
    }
    expect(made).toEqual([]);
  });

  test('is made once although it is streamed from a file', async () => {
    const [first] = await answers(1, '/files/one.js');
    const [later] = await answers(1, '/files/one.js');
    expect(first!.body).toBe('one.js read');
    expect(later!.body).toBe('one.js read');
    expect(later!.headers).toMatchObject({ etag: '"1"', 'content-type': 'text/plain' });
    expect(made).toEqual([]);
  });

  test('is made once for many who ask at the same time', async () => {
    const all = await answers(50, '/files/two.js');
    expect(all.map(({ body }) => body)).toEqual(Array(50).fill('two.js read'));
    expect(made).toEqual(['two.js']);
  });

  test('is not sent to who has it, nor in parts', async () => {
    await answers(1, '/files/one.js');
    const [same] = await answers(1, '/files/one.js', { headers: { 'if-none-match': '"1"' } });
    expect(same).toMatchObject({ statusCode: 304, body: '' });
    const [another] = await answers(1, '/files/one.js', { headers: { 'if-none-match': '"2"' } });
    expect(another).toMatchObject({ statusCode: 200, body: 'one.js read' });
    const [part] = await answers(1, '/files/one.js', { headers: { range: 'bytes=0-1' } });
    expect(part).toMatchObject({ statusCode: 200, body: 'one.js read' });
  });

  test('has one address, whatever is added to it', async () => {
    const [answer] = await answers(1, '/page?again=1');
    expect(answer!.statusCode).toBe(308);
    expect(answer!.headers.location).toBe('/page');
    for (const spelling of ['/files/x/one.js', '/files/.%2fone.js', '/files/', '/files/one.js%20']) {
      const [odd] = await answers(1, spelling);
      expect(odd!.statusCode, spelling).toBe(404);
    }
    expect(made).toEqual([]);
  });

  test('is looked for each time while it is not there', async () => {
    const none = await answers(50, '/files/none.js');
    const still = await answers(1, '/files/none.js');
    expect([...none, ...still].map(({ statusCode }) => statusCode)).toEqual(Array(51).fill(404));
    expect(made).toEqual(['none.js']);
  });

  test('has a head', async () => {
    await answers(1, '/page');
    const [head] = await answers(1, '/page', { method: 'HEAD' });
    expect(head).toMatchObject({ statusCode: 200, body: '' });
    expect(head!.headers['content-length']).toBe('13');
    expect(made).toEqual([]);
  });
});

describe('the page with the documentation', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startApp();
  });
  afterAll(() => service.close());

  test.each([
    ['/docs', 'text/html'],
    ['/docs/', 'text/html'],
    ['/docs/json', 'application/json'],
    ['/docs/yaml', 'application/x-yaml'],
    ['/docs/static/swagger-initializer.js', 'application/javascript'],
    ['/docs/static/swagger-ui.css', 'text/css'],
  ])('%s is the same the second time', async (url, type) => {
    const first = await service.app.inject({ url });
    const second = await service.app.inject({ url });
    expect(first.statusCode).toBe(200);
    expect(first.headers['content-type']).toContain(type);
    expect(second.rawPayload.equals(first.rawPayload)).toBe(true);
    for (const name of ['content-type', 'content-security-policy', 'etag', 'content-length']) {
      expect(second.headers[name], name).toBe(first.headers[name]);
    }
  });
});
