import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import {
  employerFile,
  ended,
  factCounts,
  imported,
  newestImport,
  ROSTER_HEADER,
  rosterLine,
} from './imports.ts';

let service: TestApp;
let port: number;
let token: string;
beforeAll(async () => {
  service = await startApp();
  await service.app.listen({ port: 0 });
  port = (service.app.server.address() as AddressInfo).port;
  token = await service.token();
  await imported(service, 'employers', employerFile(NPPS));
});
afterAll(() => service.close());

const NPPS = Array.from({ length: 2_000 }, (_, index) => `S${1000 + index}`);

function open(method: string, path: string, headers: object = {}): ClientRequest {
  return request({ port, method, path, headers: { authorization: `Bearer ${token}`, ...headers } });
}

/** An upload over the wire, open until it is ended. */
function uploading(headers: object = {}): ClientRequest {
  return open('POST', '/v1/imports?kind=rosters', { 'content-type': 'text/csv', ...headers });
}

async function answerOf(sent: ClientRequest) {
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode as number, json: JSON.parse(body) };
}

const newest = () => newestImport(service);

test('an upload of many pieces is larger than any other body may be', async () => {
  const sent = uploading();
  const answer = answerOf(sent);
  sent.write(`${ROSTER_HEADER}\n`);
  for (let worker = 1; worker <= 15; worker++) {
    for (const npp of NPPS.slice(0, 1_000)) {
      if (!sent.write(`${rosterLine(npp, worker, { nama: 'Siti '.padEnd(60, 'a') })}\n`))
        await once(sent, 'drain');
    }
  }
  sent.end();
  const { status, json } = await answer;
  expect(status).toBe(202);
  expect(json.bytesRead).toBeGreaterThan(1_048_576);
  expect(await ended(service, json)).toMatchObject({ linesAccepted: 15_000, groupsAccepted: 1_000 });
});

test('an upload that the client breaks off applies nothing', async () => {
  const before = await factCounts(service);
  const sent = uploading({ 'idempotency-key': 'broken-off' });
  sent.on('error', () => {});
  sent.write([ROSTER_HEADER, rosterLine('S1001', 20, { periode: '2026-09' }), ''].join('\n'));
  await expect.poll(newest).toMatchObject({ state: 'running' });
  sent.destroy();
  await expect.poll(newest).toMatchObject({ state: 'failed', error: { code: 'upload_aborted' } });
  expect(await factCounts(service)).toEqual(before);

  const again = uploading({ 'idempotency-key': 'broken-off' });
  const answer = answerOf(again);
  again.end([ROSTER_HEADER, rosterLine('S1001', 20, { periode: '2026-09' })].join('\n'));
  expect(await ended(service, (await answer).json)).toMatchObject({ state: 'succeeded', linesAccepted: 1 });
});

test('two uploads under one key do not both run', async () => {
  const first = uploading({ 'idempotency-key': 'twins' });
  const firstAnswer = answerOf(first);
  first.write(`${ROSTER_HEADER}\n`);
  await expect.poll(newest).toMatchObject({ state: 'running' });
  const second = uploading({ 'idempotency-key': 'twins' });
  const secondAnswer = answerOf(second);
  second.end(`${ROSTER_HEADER}\n`);
  expect(await secondAnswer).toMatchObject({ status: 409, json: { code: 'idempotency_in_flight' } });
  first.end();
  expect((await firstAnswer).status).toBe(202);
});

test('a cancelled import adds nothing after the answer', async () => {
  const sent = uploading();
  const answer = answerOf(sent);
  sent.write([ROSTER_HEADER, rosterLine('S1001', 30, { periode: '2026-08' }), ''].join('\n'));
  await expect.poll(newest).toMatchObject({ state: 'running' });
  const { id } = await newest();
  const cancelled = await service.send({ method: 'DELETE', url: `/v1/imports/${id}` });
  expect(cancelled.json()).toMatchObject({ id, state: 'cancelled' });
  sent.end();
  expect(await answer).toMatchObject({ status: 202, json: { id, state: 'cancelled', linesAccepted: 0 } });
  const declared = await service.deps.database.pool.query('select 1 from declarations where import_id = $1', [
    id,
  ]);
  expect(declared.rowCount).toBe(0);

  const lines = [1, 2, 3, 4, 5].flatMap((worker) =>
    NPPS.map((npp) => rosterLine(npp, worker, { periode: '2026-07' })),
  );
  const large = uploading();
  const largeAnswer = answerOf(large);
  large.end([ROSTER_HEADER, ...lines].join('\n'));
  const running = (await largeAnswer).json;
  const stopped = (await service.send({ method: 'DELETE', url: `/v1/imports/${running.id}` })).json();
  expect(stopped.state).toBe('cancelled');
  await service.app.close();
  const found = await service.deps.database.pool.query(
    'select coalesce(sum(headcount), 0)::int as lines from declarations where import_id = $1',
    [running.id],
  );
  expect(found.rows[0].lines).toBe(stopped.linesAccepted);
});
