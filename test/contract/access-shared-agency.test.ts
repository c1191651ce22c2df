import { afterAll, expect, test } from 'vitest';
import { CHECK, EMPLOYER, prepareWorld } from './world.ts';

const world = await prepareWorld();
const { service, employerId, otherId } = world;
afterAll(() => service.close());

/** Two companies whose clients an association has registered under its own name. */
const shared = { agency: 'asosiasi', kind: 'employer', regions: [], sub: 'staf' } as const;
const own = await service.token({ ...shared, employerId });
const other = await service.token({ ...shared, employerId: otherId });

async function importAs(token: string): Promise<string> {
  const sent = await service.send({
    method: 'POST',
    url: '/v1/imports?kind=rosters',
    body: `npp,periode,nik,nama,tgl_lahir,upah,program\n${EMPLOYER.npp},2026-0${world.next()},3401011205900001,Siti,1990-05-12,3500000,JKK\nZZ,x,y,z,,,\n`,
    headers: { 'content-type': 'text/csv' },
    token,
  });
  const { id } = sent.json();
  await service.send({ url: `/v1/imports/${id}/events`, token });
  return id;
}

test('of two companies with one agency neither sees the import of the other', async () => {
  const id = await importAs(own);
  for (const path of ['', '/rejections', '/events']) {
    expect((await service.send({ url: `/v1/imports/${id}${path}`, token: own })).statusCode).toBe(200);
    expect((await service.send({ url: `/v1/imports/${id}${path}`, token: other })).statusCode).toBe(404);
  }
  const cancelled = await service.send({ method: 'DELETE', url: `/v1/imports/${id}`, token: other });
  expect(cancelled.statusCode).toBe(404);
  expect((await service.send({ url: '/v1/imports', token: other })).json().items).toEqual([]);
});

test('a company does not see the imports of the office whose name its client bears', async () => {
  const token = await service.token({ ...shared, agency: 'disnaker-kulon-progo', employerId });
  const id = await importAs(await service.token());
  expect((await service.send({ url: `/v1/imports/${id}`, token })).statusCode).toBe(404);
  expect((await service.send({ url: '/v1/imports', token })).json().items).toEqual([]);
});

test('an import of another company, or from another region, declares nothing', async () => {
  const elsewhere = await service.token({ agency: 'disnaker-bali', regions: ['51'] });
  for (const token of [other, elsewhere]) {
    const id = await importAs(token);
    const { linesAccepted, linesRejected } = (await service.send({ url: `/v1/imports/${id}`, token })).json();
    expect([linesAccepted, linesRejected]).toEqual([0, 2]);
  }
});

test('neither gets the check of the other', async () => {
  const asked = await service.send({ url: '/v1/checks', body: CHECK, token: own });
  expect(asked.json().outcome).toBe('resolved');
  const url = `/v1/checks/${asked.json().id}`;
  expect((await service.send({ url, token: other })).statusCode).toBe(404);
});

test.each([
  ['another company', { ...shared, employerId: otherId }],
  ['another region', { agency: shared.agency, regions: ['51'] }],
])('an answer is not replayed to %s that guesses the Idempotency-Key', async (_who, caller) => {
  const request = { url: '/v1/checks', body: CHECK, headers: { 'idempotency-key': 'kunci' } };
  expect((await service.send({ ...request, token: own })).json().outcome).toBe('resolved');
  const guessed = await service.send({ ...request, token: await service.token(caller) });
  expect(guessed.json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
});
