import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

const NOW = '2026-11-20T03:00:00Z';
const GROUND = { kind: 'procurement_block', ground: 'Iuran menunggak', startsOn: '2026-11-01' };

let service: TestApp;
let second: string;
let employerId: string;

beforeAll(async () => {
  service = await startApp(NOW);
  const created = await service.send({
    url: '/v1/employers',
    body: {
      legalName: 'PT Jasa Keamanan Menoreh',
      npp: 'AB123456',
      kind: 'private',
      scale: 'small',
      regionCode: '34.01',
      registeredOn: '2026-11-02',
      jkkClass: 'I',
      jkkClassOrigin: 'bpjs_decision',
    },
  });
  employerId = created.json().id;
  second = await service.token({ sub: 'inspector-2' });
});
beforeEach(() => service.setNow(NOW));
afterAll(() => service.close());

async function propose(more: object = {}): Promise<string> {
  const raised = await service.send({ url: '/v1/flags', body: { employer: employerId, ...GROUND, ...more } });
  expect(raised.statusCode).toBe(201);
  return raised.json().id;
}

async function act(flagId: string, path: string, token: string, body: object = {}) {
  return service.send({ url: `/v1/flags/${flagId}/${path}`, body, token });
}

async function inForce(more: object = {}): Promise<string> {
  const flagId = await propose(more);
  expect((await act(flagId, 'approvals', second)).json().state).toBe('in_force');
  return flagId;
}

async function read(flagId: string) {
  return (await service.send({ url: `/v1/flags/${flagId}` })).json();
}

/** What the verdict and the lists say of the flag today. */
async function shown(flagId: string) {
  const verdict = await service.send({ url: `/v1/employers/${employerId}/verdict` });
  const restrictions: { reference: string }[] = verdict.json().restrictions;
  const listed = await service.deps.database.pool.query(
    'select flagged from stretches where employer_id = $1 and from_on <= $2 and until_on > $2',
    [employerId, service.deps.clock().toISOString().slice(0, 10)],
  );
  return {
    restriction: restrictions.find(({ reference }) => reference === flagId),
    flagged: listed.rows[0].flagged,
  };
}

describe('the life of a flag', () => {
  test('it is proposed, approved by a second person, in force at once, and lifted', async () => {
    const raised = await service.send({
      url: '/v1/flags',
      body: {
        employer: 'npp:AB123456',
        ...GROUND,
        article: 'PP 86/2013 art. 9',
        endsOn: '2027-04-30',
        evidenceHash: 'sha256:9f86d081',
        note: 'Lihat berkas 12',
      },
    });
    expect(raised.statusCode).toBe(201);
    const { id } = raised.json();
    expect(raised.headers.location).toBe(`/v1/flags/${id}`);
    expect(raised.json()).toEqual({
      id,
      employerId,
      agency: 'disnaker-kulon-progo',
      ...GROUND,
      article: 'PP 86/2013 art. 9',
      endsOn: '2027-04-30',
      evidenceHash: 'sha256:9f86d081',
      note: 'Lihat berkas 12',
      state: 'proposed',
      proposedBy: 'inspector-1',
      recordedAt: expect.stringMatching(/^2026-11-20T03:00:\d\d\.\d{3}Z$/),
      history: [],
    });
    expect(await shown(id)).toEqual({ restriction: undefined, flagged: false });

    const approved = await act(id, 'approvals', second);
    expect(approved.statusCode).toBe(201);
    expect(approved.json()).toMatchObject({
      state: 'in_force',
      history: [{ kind: 'approval', by: 'inspector-2', agency: 'disnaker-kulon-progo' }],
    });
    expect(await shown(id)).toEqual({
      restriction: {
        kind: 'procurement_block',
        by: 'disnaker-kulon-progo',
        since: '2026-11-20',
        until: '2027-04-30',
        reference: id,
      },
      flagged: true,
    });

    const lifted = await act(id, 'lifts', second, { reason: 'Iuran sudah lunas' });
    expect(lifted.json()).toMatchObject({
      state: 'lifted',
      history: [{ kind: 'approval' }, { kind: 'lift', reason: 'Iuran sudah lunas' }],
    });
    expect(await shown(id)).toEqual({ restriction: undefined, flagged: false });
    expect(await read(id)).toEqual(lifted.json());
  });

  test('an approval needs no body', async () => {
    const id = await propose();
    const approved = await service.send({ method: 'POST', url: `/v1/flags/${id}/approvals`, token: second });
    expect(approved.json()).toMatchObject({ state: 'in_force' });
    await act(id, 'lifts', second, { reason: 'selesai' });
  });

  test('it waits for its start and lapses after its end, though nothing runs', async () => {
    const id = await propose({ startsOn: '2026-12-01', endsOn: '2026-12-31' });
    expect((await act(id, 'approvals', second)).json().state).toBe('scheduled');
    const days = [
      ['2026-11-30T16:30:00Z', 'scheduled', false],
      ['2026-12-01T03:00:00Z', 'in_force', true],
      ['2026-12-31T16:00:00Z', 'in_force', true],
      ['2027-01-01T03:00:00Z', 'lapsed', false],
    ] as const;
    for (const [instant, state, restricted] of days) {
      service.setNow(instant);
      const { restriction, flagged } = await shown(id);
      expect([(await read(id)).state, restriction !== undefined, flagged]).toEqual([
        state,
        restricted,
        restricted,
      ]);
    }
    expect((await act(id, 'lifts', second, { reason: 'terlambat' })).json()).toMatchObject({
      status: 409,
      code: 'flag_not_open',
      detail: 'The state of the flag is lapsed.',
    });
  });

  test('a proposal that nobody decides lapses too', async () => {
    const id = await propose({ endsOn: '2026-11-20' });
    service.setNow('2026-11-21T03:00:00Z');
    expect((await read(id)).state).toBe('lapsed');
    expect((await act(id, 'approvals', second)).json().code).toBe('flag_not_open');
  });

  test('a proposal is withdrawn by who made it, and stays rejected', async () => {
    const id = await propose();
    const own = await service.token();
    const rejected = await act(id, 'rejections', own, { reason: 'salah perusahaan' });
    expect(rejected.statusCode).toBe(201);
    expect(rejected.json()).toMatchObject({ state: 'rejected', history: [{ by: 'inspector-1' }] });
    const refused = await service.send({
      url: `/v1/flags/${id}/approvals`,
      body: {},
      token: second,
      headers: { 'accept-language': 'id' },
    });
    expect(refused.json()).toMatchObject({
      status: 409,
      code: 'flag_not_open',
      title: 'Keadaan penandaan tidak memungkinkan',
      detail: 'Penandaan berstatus rejected.',
    });
  });

  test('who proposed a flag cannot approve it', async () => {
    const refused = await act(await propose(), 'approvals', await service.token());
    expect(refused.json()).toMatchObject({ status: 403, code: 'flag_needs_second_person' });
  });

  test('the same act of the same person again gives the flag and no second fact', async () => {
    const id = await inForce();
    const again = await act(id, 'approvals', second);
    expect([again.statusCode, again.json().history.length]).toEqual([200, 1]);
    const other = await service.token({ sub: 'inspector-3' });
    expect((await act(id, 'approvals', other)).json().code).toBe('flag_not_open');
    await act(id, 'lifts', second, { reason: 'selesai' });
    expect((await act(id, 'lifts', second, { reason: 'selesai' })).statusCode).toBe(200);
    expect((await act(id, 'lifts', second, { reason: 'lain' })).statusCode).toBe(409);
    expect((await act(id, 'approvals', second)).json()).toMatchObject({ state: 'lifted' });
  });
});
