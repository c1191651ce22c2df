import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

const EMPLOYER = {
  legalName: 'PT Jasa Keamanan Menoreh',
  npp: 'AB123456',
  kind: 'private',
  scale: 'small',
  regionCode: '34.01',
  registeredOn: '2026-01-05',
};

test('an employer is recorded, found by its identifiers, and changed only by who has seen it', async () => {
  const created = await service.send({ url: '/v1/employers', body: EMPLOYER });
  expect(created.json()).toMatchObject({ ...EMPLOYER, sector: 'general' });
  expect(created.statusCode).toBe(201);
  const { id } = created.json();

  const found = await service.send({ url: '/v1/employers/npp:ab-123456' });
  expect(found.json().id).toBe(id);

  const blind = await service.send({
    method: 'PATCH',
    url: `/v1/employers/${id}`,
    body: { scale: 'medium' },
  });
  expect(blind.json()).toMatchObject({ status: 428, code: 'precondition_required' });
  const etag = String(created.headers.etag);
  const changed = await service.send({
    method: 'PATCH',
    url: `/v1/employers/${id}`,
    body: { scale: 'medium' },
    headers: { 'if-match': etag },
  });
  expect(changed.json()).toMatchObject({ id, scale: 'medium' });
  const stale = await service.send({
    method: 'PATCH',
    url: `/v1/employers/${id}`,
    body: { scale: 'large' },
    headers: { 'if-match': etag },
  });
  expect(stale.json()).toMatchObject({ status: 412, code: 'precondition_failed' });
});
