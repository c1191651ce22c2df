import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { startApp } from '#test/setup/app.ts';

test('a service that ends answers what is in flight first, and takes an upload to its end', async () => {
  const service = await startApp();
  try {
    await service.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = service.app.server.address() as AddressInfo;
    const employer = {
      legalName: 'PT Akhir',
      npp: 'AK000001',
      kind: 'private',
      scale: 'micro',
      regionCode: '34.01',
    };
    expect((await service.send({ url: '/v1/employers', body: employer })).statusCode).toBe(201);
    const authorization = `Bearer ${await service.token()}`;
    const send = (path: string, type: string) => {
      let push!: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          push = controller;
        },
      });
      const headers = { authorization, 'content-type': type };
      const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
      const answer = fetch(`http://127.0.0.1:${port}${path}`, init);
      return { answer, write: (text: string) => push.enqueue(Buffer.from(text)), end: () => push.close() };
    };
    const payment = send('/v1/payments', 'application/json');
    const upload = send('/v1/imports?kind=payments', 'text/csv');
    const running = async () => (await service.send({ url: '/v1/imports' })).json().items.length;
    payment.write('{"employer":"npp:AK000001","amount":1000,');
    upload.write('npp,jumlah,tanggal_bayar,referensi\n');
    await expect.poll(running).toBe(1);

    const closed = service.app.close();
    payment.write('"paidOn":"2026-11-02","reference":"akhir-1"}');
    payment.end();
    upload.write('AK000001,2000,2026-11-03,akhir-2\n');
    upload.end();
    expect((await payment.answer).status).toBe(201);
    expect((await upload.answer).status).toBe(202);
    expect((await payment.answer).headers.get('connection')).toBe('close');
    await closed;
    const kept = await service.deps.database.pool.query('select reference from payments order by reference');
    expect(kept.rows).toEqual([{ reference: 'akhir-1' }, { reference: 'akhir-2' }]);
  } finally {
    await service.close();
  }
});
