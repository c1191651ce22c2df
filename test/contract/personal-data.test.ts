import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { importFile } from '#test/setup/import-file.ts';

const WORKERS = [
  { nik: '3401012306903421', name: 'Ratnawulan Kusumaningtyas', birthDate: '1990-06-23', wage: 7_654_321 },
  { nik: '3404075201900001', name: 'Bagaskara Wirjodiredjo', birthDate: '1990-01-12', wage: 6_543_217 },
  { nik: '3471011107850007', name: 'Cokrowardoyo Hadisumarto', birthDate: '1985-07-11', wage: 5_432_176 },
];

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

/** Every row of every table as text: binary columns show as hexadecimal digits. */
async function dump(): Promise<string> {
  const client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    const tables = await client.query(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const parts: string[] = [];
    for (const { name } of tables.rows) {
      const rows = await client.query(`select t::text as row from ${name} t`);
      parts.push(...rows.rows.map(({ row }) => row));
    }
    return parts.join('\n');
  } finally {
    await client.end();
  }
}

test('no NIK, name or birth date of a worker is in the database or in the logs', async () => {
  const employer = {
    legalName: 'PT Rahasia Terjaga',
    npp: 'RH000001',
    kind: 'private',
    scale: 'small',
    regionCode: '34.01',
    registeredOn: '2026-01-05',
  };
  expect((await service.send({ url: '/v1/employers', body: employer })).statusCode).toBe(201);
  const header = 'npp,periode,nik,nama,tgl_lahir,upah,program';
  const line = (worker: (typeof WORKERS)[number], period: string) =>
    `RH000001,${period},${worker.nik},${worker.name},${worker.birthDate},${worker.wage},JKK|JKM|JHT`;
  const good = [header, ...WORKERS.map((worker) => line(worker, '2026-09'))].join('\n');
  expect(await importFile(service, 'rosters', good)).toMatchObject({ state: 'succeeded', linesAccepted: 3 });
  // A rejected group: what is wrong in it is told without telling whose data it is.
  const bad = [
    header,
    ...WORKERS.map((worker) => line(worker, '2026-10')).map((text) => text.replace('JKK', 'XXX')),
  ];
  expect(await importFile(service, 'rosters', bad.join('\n'))).toMatchObject({ groupsRejected: 1 });
  const body = {
    period: '2026-10',
    workers: WORKERS.map((worker) => ({ ...worker, programmes: ['JKK', 'JKM'] })),
  };
  const url = '/v1/employers/npp:RH000001';
  expect((await service.send({ url: `${url}/declarations`, body })).statusCode).toBe(201);
  const refused = { ...body, workers: body.workers.map((worker) => ({ ...worker, wage: -1 })) };
  expect((await service.send({ url: `${url}/declarations`, body: refused })).statusCode).toBe(422);
  const key = { 'idempotency-key': 'declare-once' };
  await service.send({ url: `${url}/declarations`, body: { ...body, period: '2026-08' }, headers: key });
  const seen = {
    employer: 'npp:RH000001',
    kind: 'inspection',
    observedOn: '2026-11-16',
    workers: WORKERS.map(({ nik, wage }) => ({ nik, wage: wage + 1 })),
  };
  const evidence = await service.send({
    url: '/v1/evidence',
    body: seen,
    headers: { 'idempotency-key': 'seen' },
  });
  expect(evidence.statusCode, evidence.body).toBe(201);
  await service.send({ url: '/v1/evidence', body: { ...seen, workers: [...seen.workers, seen.workers[0]] } });
  await service.send({ url: `/v1/evidence/${evidence.json().id}/workers?purpose=inspection&limit=1` });
  const read = await service.send({ url: `${url}/workers?purpose=inspection` });
  expect(read.json().items).toHaveLength(3);

  const everything = `${await dump()}\n${service.logs()}`;
  expect(everything).toContain('PT Rahasia Terjaga');
  for (const { nik, name, birthDate } of WORKERS) {
    for (const secret of [nik, name, name.toLowerCase(), name.split(' ')[0]!, birthDate]) {
      expect(everything).not.toContain(secret);
      expect(everything).not.toContain(Buffer.from(secret).toString('hex'));
      expect(everything).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
    }
  }
});

test('every reading of workers leaves a record of who, why, whom and which fields', async () => {
  const url = '/v1/employers/npp:RH000001/workers';
  const masked = await service.send({
    url,
    token: await service.token({ scopes: ['workers:read'], sub: 'reader' }),
  });
  expect(
    masked
      .json()
      .items.map((item: { nikMasked: string }) => item.nikMasked)
      .sort(),
  ).toEqual(['3401************', '3404************', '3471************']);
  const identifier = await service.token({ scopes: ['workers:identify'], sub: 'identifier' });
  expect((await service.send({ url, token: identifier })).json()).toMatchObject({ status: 422 });
  const identified = await service.send({ url: `${url}?purpose=case-17`, token: identifier });
  expect(
    identified
      .json()
      .items.map((item: { nik: string }) => item.nik)
      .sort(),
  ).toEqual(WORKERS.map(({ nik }) => nik).sort());
  const records = await service.deps.database.pool.query(
    `select sub, purpose, fields, cardinality(worker_ids) as workers, agency from personal_data_reads
     where sub in ('reader', 'identifier') order by read_id`,
  );
  const rest = ['name', 'birthDate', 'sex', 'citizenship', 'employmentType'];
  expect(records.rows).toEqual([
    {
      sub: 'reader',
      purpose: null,
      fields: ['nikMasked', ...rest],
      workers: 3,
      agency: 'disnaker-kulon-progo',
    },
    {
      sub: 'identifier',
      purpose: 'case-17',
      fields: ['nik', ...rest],
      workers: 3,
      agency: 'disnaker-kulon-progo',
    },
  ]);
});
