import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';

const NOW = '2026-11-20T03:00:00Z';

let service: TestApp;
let employer: string;
let supervisor: string;

beforeAll(async () => {
  service = await startApp(NOW);
  supervisor = await service.token({ sub: 'kepala' });
});
afterAll(() => service.close());

beforeEach(async () => {
  service.setNow(NOW);
  employer = (await recordEmployer(service, { registeredOn: '2026-09-01' })).id;
  await declareMonth(service, employer, '2026-09');
});

async function assign(body: object = {}, token?: string) {
  return service.send({
    url: '/v1/inspections',
    body: { employer, ...body },
    ...(token !== undefined && { token }),
  });
}

async function assigned(body: object = {}, token?: string) {
  const answer = await assign(body, token);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

async function close(id: string, body: object, token?: string) {
  const url = `/v1/inspections/${id}/outcomes`;
  return service.send({ url, body, ...(token !== undefined && { token }) });
}

async function read(url: string) {
  const answer = await service.send({ url });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

describe('a case', () => {
  test('claims what the queue shows, wages under the minimum too', async () => {
    const { id } = await recordEmployer(service, { scale: 'medium', regionCode: '34.03' });
    await declareMonth(service, id, '2026-11', 2_000_000);
    const url = '/v1/minimum-wages/34.03/2026';
    const stated = await service.send({ method: 'PUT', url, body: { monthly: 2_400_000 } });
    expect(stated.statusCode, stated.body).toBe(201);
    const { items } = await read('/v1/inspections/queue?region=34.03');
    expect(items).toHaveLength(1);
    const { claims, priority } = await assigned({ employer: id });
    expect({ claims, points: priority.points }).toEqual({
      claims: ['PARTIAL_WAGES'],
      points: items[0].priority.points,
    });
  });

  test('is given to the caller, within the usual term, with what is claimed that day', async () => {
    const created = await assign();
    expect(created.statusCode, created.body).toBe(201);
    const inspection = created.json();
    expect(created.headers.location).toBe(`/v1/inspections/${inspection.id}`);
    expect(inspection).toMatchObject({
      employer: { id: employer, regionCode: '34.01' },
      agency: 'disnaker-kulon-progo',
      inspector: 'inspector-1',
      assignedBy: 'inspector-1',
      plannedOn: '2026-12-04',
      state: 'assigned',
      claims: ['ARREARS', 'NOT_DECLARED'],
    });
    expect(inspection).not.toHaveProperty('outcome');
    const { points, parts } = inspection.priority;
    expect(points).toBe(parts.reduce((sum: number, part: { points: number }) => sum + part.points, 0));
    expect(points).toBeGreaterThan(0);
    const money = parts.find(({ name }: { name: string }) => name === 'money');
    const { arrears } = await read(`/v1/employers/${employer}/verdict`);
    const amount = String(arrears.total).replace(/\B(?=(\d{3})+$)/g, '.');
    expect(money.because.id).toContain(`Rp ${amount};`);
    expect(await read(`/v1/inspections/${inspection.id}`)).toEqual(inspection);
  });

  test('can be given to somebody else, on a day that was agreed', async () => {
    const inspection = await assigned(
      { inspector: 'budi', plannedOn: '2026-11-20', note: 'siang' },
      supervisor,
    );
    expect(inspection).toMatchObject({
      inspector: 'budi',
      assignedBy: 'kepala',
      plannedOn: '2026-11-20',
      note: 'siang',
    });
  });

  test('is open once for an employer; asked for again by its agency it is the same', async () => {
    const inspection = await assigned();
    const again = await assign();
    expect([again.statusCode, again.json()]).toEqual([200, inspection]);
    const other = await assign({}, await service.token({ sub: 'budi' }));
    expect(other.json()).toMatchObject({ status: 409, code: 'inspection_already_assigned' });
    const branch = await assign({}, await service.token({ agency: 'bpjs', kind: 'social_security_branch' }));
    expect(branch.json()).toMatchObject({ status: 409, code: 'inspection_already_assigned' });
    expect((await assign({ note: 'lain' })).json().code).toBe('inspection_already_assigned');
  });

  test('of an employer in order is a routine visit, with nothing claimed', async () => {
    employer = (await recordEmployer(service)).id;
    expect(await assigned()).toMatchObject({ claims: [], priority: { points: 0, parts: [] } });
  });

  test('is not planned for the past', async () => {
    const answer = await assign({ plannedOn: '2026-11-19' });
    expect(answer.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/plannedOn', code: 'in_past' }],
    });
  });

  test('becomes overdue after the planned day, without anybody doing anything', async () => {
    const { id } = await assigned({ plannedOn: '2026-11-25' });
    service.setNow('2026-11-25T10:00:00Z');
    expect((await read(`/v1/inspections/${id}`)).state).toBe('assigned');
    service.setNow('2026-11-25T17:00:00Z');
    expect((await read(`/v1/inspections/${id}`)).state).toBe('overdue');
  });

  test('moves no verdict, and its assignment is known at its time', async () => {
    const before = await read(`/v1/employers/${employer}/verdict`);
    await assigned();
    const { status, reasons, arrears, validUntil } = await read(`/v1/employers/${employer}/verdict`);
    expect({ status, reasons, arrears, validUntil }).toEqual({
      status: before.status,
      reasons: before.reasons,
      arrears: before.arrears,
      validUntil: before.validUntil,
    });
  });
});

describe('an outcome', () => {
  const VISIT = { on: '2026-11-20', found: ['ARREARS', 'PARTIAL_WORKERS'], note: 'buku upah dilihat' };

  test('is recorded once', async () => {
    const { id } = await assigned();
    const answer = await close(id, VISIT);
    expect(answer.statusCode, answer.body).toBe(201);
    expect(answer.json()).toMatchObject({
      state: 'visited',
      outcome: { kind: 'visited', ...VISIT, recordedBy: 'inspector-1' },
    });
    const again = await close(id, { ...VISIT, found: [...VISIT.found].reverse() });
    expect([again.statusCode, again.json()]).toEqual([200, answer.json()]);
    for (const other of [
      { ...VISIT, found: [] },
      { ...VISIT, note: 'lain' },
      { ...VISIT, evidence: { headcount: 3 } },
    ])
      expect((await close(id, other)).json()).toMatchObject({ status: 409, code: 'inspection_closed' });
    expect(await read(`/v1/evidence?employer=${employer}`)).toMatchObject({ items: [] });
  });

  test('records what was seen as evidence in the same go, and the verdict knows it', async () => {
    const { id } = await assigned();
    const seen = { ...VISIT, evidence: { headcount: 4, documentHash: 'sha256:1' } };
    const answer = await close(id, seen);
    expect(answer.statusCode, answer.body).toBe(201);
    const { evidenceId } = answer.json().outcome;
    expect(await read(`/v1/evidence/${evidenceId}`)).toMatchObject({
      employerId: employer,
      kind: 'inspection',
      observedOn: '2026-11-20',
      headcount: 4,
    });
    const { reasons } = await read(`/v1/employers/${employer}/verdict`);
    expect(reasons).toContainEqual(
      expect.objectContaining({ code: 'PARTIAL_WORKERS', severity: 'breach', workers: 3 }),
    );
    expect((await close(id, seen)).statusCode).toBe(200);
    expect((await close(id, VISIT)).json().code).toBe('inspection_closed');
  });

  test('with evidence needs the scope for it, and evidence that says something', async () => {
    const { id } = await assigned();
    const token = await service.token({ scopes: ['sanctions:write'] });
    const refused = await close(id, { ...VISIT, evidence: { headcount: 4 } }, token);
    expect(refused.json()).toMatchObject({ status: 403, code: 'insufficient_scope' });
    const empty = await close(id, { ...VISIT, evidence: {} });
    expect(empty.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/evidence', code: 'nothing_stated' }],
    });
    expect((await close(id, VISIT, token)).statusCode).toBe(201);
  });

  test.each([
    ['tomorrow', { on: '2026-11-21', found: [] }, '/on', 'in_future'],
    ['before the assignment', { on: '2026-11-19', found: [] }, '/on', 'before_assignment'],
    [
      'of nobody who went',
      { kind: 'cancelled', on: '2026-11-20', found: ['ARREARS'] },
      '/found',
      'not_visited',
    ],
    [
      'seen by nobody',
      { kind: 'cancelled', on: '2026-11-20', found: [], evidence: { headcount: 1 } },
      '/evidence',
      'not_visited',
    ],
    ['twice the same', { on: '2026-11-20', found: ['ARREARS', 'ARREARS'] }, '/found', 'duplicate'],
  ])('%s is refused', async (_, body, pointer, code) => {
    const { id } = await assigned();
    const answer = await close(id, body);
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer, code }] });
    expect((await read(`/v1/inspections/${id}`)).state).toBe('assigned');
  });

  test('belongs to the agency of the case', async () => {
    const { id } = await assigned();
    const token = await service.token({ agency: 'bpjs', kind: 'social_security_branch' });
    expect((await close(id, VISIT, token)).json()).toMatchObject({
      status: 403,
      code: 'inspection_of_other_agency',
    });
  });

  test('that cancels lets the case be taken again; a visit keeps its inspector away for a year', async () => {
    const first = await assigned();
    await close(first.id, { kind: 'cancelled', on: '2026-11-20', found: [] });
    const second = await assigned();
    await close(second.id, VISIT);
    expect((await assign()).json()).toMatchObject({ status: 409, code: 'conflict_of_interest' });
    service.setNow('2027-11-19T03:00:00Z');
    const early = await assign();
    expect(early.json().detail).toContain('2027-11-20');
    service.setNow('2027-11-20T03:00:00Z');
    await assigned();
  });

  test('that found a breach weighs in the next priority', async () => {
    const historyOf = async () => {
      const { items } = await read('/v1/inspections/queue?limit=200');
      const item = items.find((each: { employer: { id: string } }) => each.employer.id === employer);
      return item.priority.parts.find(({ name }: { name: string }) => name === 'history').points;
    };
    expect(await historyOf()).toBe(0);
    await close((await assigned()).id, VISIT);
    expect(await historyOf()).toBe(20);
  });
});

describe('a conflict of interest', () => {
  async function declare(body: object, token?: string) {
    return service.send({
      url: '/v1/inspections/conflicts',
      body: { employer, reason: 'kerabat direktur', ...body },
      ...(token !== undefined && { token }),
    });
  }

  test('that is declared keeps the person away, and nobody else', async () => {
    const declared = await declare({});
    expect(declared.statusCode, declared.body).toBe(201);
    expect(declared.json()).toMatchObject({
      employerId: employer,
      inspector: 'inspector-1',
      startsOn: '2026-11-20',
      declaredBy: 'inspector-1',
    });
    const again = await declare({});
    expect([again.statusCode, again.json()]).toEqual([200, declared.json()]);
    const refused = await assign();
    expect(refused.json()).toMatchObject({ status: 409, code: 'conflict_of_interest' });
    expect(refused.json().detail).toContain(declared.json().id);
    expect(refused.body).not.toContain('kerabat');
    await assigned({ inspector: 'budi' });
  });

  test('is listed for its own agency, and for who watches over all', async () => {
    const { id } = (await declare({ inspector: 'budi', endsOn: '2027-01-31' })).json();
    const url = `/v1/inspections/conflicts?employer=${employer}&inspector=budi`;
    const ids = async (token?: string) => {
      const answer = await service.send({ url, ...(token !== undefined && { token }) });
      return answer.json().items.map((each: { id: string }) => each.id);
    };
    expect(await ids()).toEqual([id]);
    expect(await ids(await service.token({ agency: 'inspektorat', kind: 'auditor' }))).toEqual([id]);
    expect(await ids(await service.token({ agency: 'bpjs', kind: 'social_security_branch' }))).toEqual([]);
  });

  test('does not end before it starts', async () => {
    const answer = await declare({ endsOn: '2026-11-01' });
    expect(answer.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/endsOn', code: 'before_start' }],
    });
  });

  test('is also to have acted for the employer', async () => {
    const token = await service.token({
      agency: 'perusahaan',
      kind: 'employer',
      sub: 'rangkap',
      employerId: employer,
    });
    const dispute = await service.send({
      url: '/v1/disputes',
      body: { employer, codes: ['ARREARS'], ground: 'sudah dibayar' },
      token,
    });
    expect(dispute.statusCode, dispute.body).toBe(201);
    const refused = await assign({ inspector: 'rangkap' });
    expect(refused.json()).toMatchObject({ status: 409, code: 'conflict_of_interest' });
    await assigned({ inspector: 'siti' });
  });
});

test('inspections are listed by employer, region, inspector and state', async () => {
  const inspector = `daftar-${employer}`;
  const first = await assigned({ inspector });
  await close(first.id, { kind: 'cancelled', on: '2026-11-20', found: [] });
  const second = await assigned({ inspector, plannedOn: '2026-11-20' });
  const ids = async (query: string) =>
    (await read(`/v1/inspections?inspector=${inspector}&${query}`)).items.map(({ id }: { id: string }) => id);
  expect(await ids(`employer=${employer}`)).toEqual([second.id, first.id]);
  expect(await ids('region=34.01')).toEqual([second.id, first.id]);
  expect(await ids('region=34.02')).toEqual([]);
  expect(await ids('state=cancelled')).toEqual([first.id]);
  expect(await ids('state=assigned')).toEqual([second.id]);
  service.setNow('2026-11-21T03:00:00Z');
  expect(await ids('state=assigned')).toEqual([]);
  expect(await ids('state=overdue')).toEqual([second.id]);
  const page = await read(`/v1/inspections?inspector=${inspector}&limit=1`);
  const rest = await read(`/v1/inspections?inspector=${inspector}&limit=1&cursor=${page.nextCursor}`);
  expect([page, rest].flatMap(({ items }) => items.map(({ id }: { id: string }) => id))).toEqual([
    second.id,
    first.id,
  ]);
  expect(rest.nextCursor).toBeNull();
  const csv = await service.send({
    url: `/v1/inspections?inspector=${inspector}`,
    headers: { accept: 'text/csv' },
  });
  expect(csv.body.trim().split('\r\n')).toHaveLength(3);
  expect(csv.body).toContain('ARREARS|NOT_DECLARED');
});
