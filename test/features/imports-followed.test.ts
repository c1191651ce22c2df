import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { employerFile, newestImport } from './imports.ts';

let service: TestApp;
let port: number;
let token: string;
beforeAll(async () => {
  service = await startApp();
  await service.app.listen({ port: 0 });
  port = (service.app.server.address() as AddressInfo).port;
  token = await service.token();
});
afterAll(() => service.close());

const authorized = (headers: object = {}) => ({ authorization: `Bearer ${token}`, ...headers });

test('an import is followed while it runs, until its end', async () => {
  const upload = request({
    port,
    method: 'POST',
    path: '/v1/imports?kind=employers',
    headers: authorized({ 'content-type': 'text/csv' }),
  });
  const [header, ...lines] = employerFile(['EVENT1', 'EVENT2']).split('\n');
  upload.write(`${header}\n`);
  const newest = () => newestImport(service);
  await expect.poll(newest).toMatchObject({ state: 'running' });
  const { id } = await newest();

  const follow = async (): Promise<IncomingMessage> => {
    const sent = request({ port, path: `/v1/imports/${id}/events`, headers: authorized() });
    sent.end();
    return (await once(sent, 'response'))[0];
  };
  const gone = await follow();
  gone.destroy();
  const events = await follow();
  let text = '';
  for await (const chunk of events) {
    text += chunk;
    if (!upload.writableEnded) upload.end(lines.join('\n'));
  }
  const told = [...text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(
    ([, event, data]) => [event, JSON.parse(data!)] as const,
  );
  expect(told[0]).toMatchObject(['progress', { id, state: 'running', linesAccepted: 0 }]);
  expect(told.at(-1)).toMatchObject(['finished', { id, state: 'succeeded', linesAccepted: 2 }]);
});
