import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { employerFile, ended, imported, rosterLine, upload } from './imports.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

test.each([
  ['an unknown column', 'npp,gaji\n', 'unknown_column', 'Kolom tidak dikenal: gaji'],
  ['a missing column', 'npp,periode\n', 'missing_column', 'Kolom wajib tidak ada: nik'],
  ['no header', rosterLine('AB000000', 1), 'missing_header', 'Baris pertama bukan judul kolom'],
  ['nothing', '', 'empty_file', 'Berkas kosong'],
  [
    'no text',
    Buffer.from('504b030414000600ff', 'hex'),
    'invalid_utf8',
    'Baris berisi huruf yang rusak; simpan berkas sebagai CSV UTF-8',
  ],
])('a file with %s is refused', async (_what, body, code, detail) => {
  const headers = { 'accept-language': 'id' };
  const answer = await upload(service, 'rosters', body, { headers });
  expect(answer).toMatchObject({ state: 'failed', error: { code, detail }, linesAccepted: 0 });
});

test('what the route does not take is refused before it is read', async () => {
  const body = employerFile(['NOPE1']);
  const send = (kind: string, headers: Record<string, string>, token?: string) =>
    service.send({ url: `/v1/imports?kind=${kind}`, body, headers, ...(token && { token }) });
  const xls = 'application/vnd.ms-excel';
  expect((await send('employers', { 'content-type': xls })).statusCode).toBe(415);
  expect((await send('employers', { 'content-type': 'application/json' })).statusCode).toBe(415);
  expect((await send('employers', { 'content-type': 'text/csv; charset=latin1' })).statusCode).toBe(415);
  expect(
    (await send('employers', { 'content-type': 'text/csv', 'content-encoding': 'gzip' })).statusCode,
  ).toBe(415);
  expect((await send('rumours', { 'content-type': 'text/csv' })).statusCode).toBe(422);
  const payer = await service.token({ scopes: ['payments:write'] });
  expect((await send('employers', { 'content-type': 'text/csv' }, payer)).statusCode).toBe(403);
});

test('an Idempotency-Key replays the first answer, and never imports another file', async () => {
  const headers = { 'content-type': 'text/csv', 'idempotency-key': 'file-1' };
  const url = '/v1/imports?kind=employers';
  const first = await service.send({ url, body: employerFile(['IDEM1']), headers });
  const second = await service.send({ url, body: employerFile(['IDEM1']), headers });
  expect(second.json()).toEqual(first.json());
  expect(second.headers).toMatchObject({ 'idempotency-replayed': 'true', location: first.headers.location });
  const other = await service.send({ url, body: employerFile(['IDEM2']), headers });
  expect(other.json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  await ended(service, first.json());
  expect((await service.send({ url: '/v1/employers/npp:IDEM2' })).statusCode).toBe(404);
});

test('only the importing agency sees an import', async () => {
  const { id } = await imported(service, 'employers', employerFile(['OWN01']));
  const token = await service.token({ agency: 'other' });
  for (const path of ['', '/rejections', '/events']) {
    expect((await service.send({ url: `/v1/imports/${id}${path}`, token })).statusCode).toBe(404);
  }
  const cancelled = await service.send({ method: 'DELETE', url: `/v1/imports/${id}`, token });
  expect(cancelled.statusCode).toBe(404);
  expect((await service.send({ url: '/v1/imports', token })).json().items).toEqual([]);
  const own = (await service.send({ url: '/v1/imports?limit=1' })).json();
  expect(own.items).toMatchObject([{ id }]);
  const finished = await service.send({ method: 'DELETE', url: `/v1/imports/${id}` });
  expect(finished.json()).toMatchObject({ status: 409, code: 'import_finished' });
});
