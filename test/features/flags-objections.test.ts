import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

const NOW = '2026-11-20T03:00:00Z';
const GROUND = { kind: 'procurement_block', ground: 'Iuran menunggak', startsOn: '2026-11-01' };

let service: TestApp;
let second: string;
let employerClient: string;
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
  employerClient = await service.token({
    agency: 'pt-menoreh',
    kind: 'employer',
    scopes: ['compliance:read'],
    sub: 'hrd',
    employerId,
  });
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

describe('an objection', () => {
  test('that suspends holds the flag up until it is dismissed', async () => {
    const id = await inForce();
    const body = { reason: 'Kami sudah membayar', suspensive: true };
    const objected = await act(id, 'objections', employerClient, body);
    expect(objected.statusCode).toBe(201);
    expect(objected.json()).toMatchObject({
      state: 'suspended',
      history: [{}, { kind: 'objection', by: 'hrd', agency: 'pt-menoreh', ...body }],
    });
    expect(await shown(id)).toEqual({ restriction: undefined, flagged: false });
    const decisions = `objections/${objected.json().history[1].id}/decisions`;

    const decision = { upheld: false, reason: 'Pembayaran tidak ditemukan' };
    expect((await act(id, decisions, await service.token(), decision)).json()).toMatchObject({
      status: 403,
      code: 'flag_needs_second_person',
    });
    expect((await act(id, decisions, employerClient, decision)).json().code).toBe('insufficient_scope');
    const dismissed = await act(id, decisions, second, decision);
    expect(dismissed.statusCode).toBe(201);
    expect(dismissed.json()).toMatchObject({
      state: 'in_force',
      history: [
        {},
        {},
        { kind: 'objection_decision', ...decision, objectionId: objected.json().history[1].id },
      ],
    });
    expect(await shown(id)).toMatchObject({ restriction: { reference: id }, flagged: true });

    expect((await act(id, decisions, second, { upheld: true, reason: 'berubah' })).json()).toMatchObject({
      status: 409,
      code: 'objection_not_open',
    });
    expect((await act(id, decisions, second, decision)).statusCode).toBe(200);
    await act(id, 'lifts', second, { reason: 'selesai' });
  });

  test('that was right ends the flag', async () => {
    const id = await inForce();
    const objected = await act(id, 'objections', second, { reason: 'atas nama pemberi kerja' });
    expect(objected.json()).toMatchObject({ state: 'in_force', history: [{}, { suspensive: false }] });
    const { id: objectionId } = objected.json().history[1];
    const upheld = await act(id, `objections/${objectionId}/decisions`, second, {
      upheld: true,
      reason: 'benar',
    });
    expect(upheld.json().state).toBe('lifted');
    expect(await shown(id)).toEqual({ restriction: undefined, flagged: false });
    expect((await act(id, 'objections', employerClient, { reason: 'lagi' })).json().code).toBe(
      'flag_not_open',
    );
  });

  test('to a proposal can be decided before anybody approves it', async () => {
    const id = await propose();
    const objected = await act(id, 'objections', employerClient, { reason: 'tidak benar', suspensive: true });
    expect(objected.json().state).toBe('proposed');
    expect((await act(id, 'approvals', second)).json().state).toBe('suspended');
    expect((await act(id, 'lifts', second, { reason: 'selesai' })).json().state).toBe('lifted');
  });

  test('that does not exist cannot be decided', async () => {
    const id = await inForce();
    const approvalId = (await read(id)).history[0].id;
    for (const objectionId of [id, approvalId]) {
      const path = `objections/${objectionId}/decisions`;
      const refused = await act(id, path, second, { upheld: true, reason: 'benar' });
      expect(refused.json()).toMatchObject({ status: 404, code: 'not_found', detail: 'No such objection.' });
    }
    await act(id, 'lifts', second, { reason: 'selesai' });
  });
});
