import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

let service: TestApp;
let second: string;
let employerClient: string;
let employerId: string;

beforeAll(async () => {
  service = await startApp();
  const created = await service.send({
    url: '/v1/employers',
    body: { legalName: 'PT Menoreh', kind: 'private', scale: 'small', regionCode: '34.01' },
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
afterAll(() => service.close());

async function propose(): Promise<string> {
  const raised = await service.send({
    url: '/v1/flags',
    body: { employer: employerId, kind: 'licence_hold', ground: 'Iuran menunggak', startsOn: '2026-11-01' },
  });
  return raised.json().id;
}

async function act(flagId: string, path: string, token: string, body: object = {}) {
  return service.send({ url: `/v1/flags/${flagId}/${path}`, body, token });
}

async function inForce(): Promise<string> {
  const flagId = await propose();
  expect((await act(flagId, 'approvals', second)).json().state).toBe('in_force');
  return flagId;
}

/** The flags that the verdict names today. */
async function restrictions(): Promise<string[]> {
  const verdict = await service.send({ url: `/v1/employers/${employerId}/verdict` });
  return verdict.json().restrictions.map(({ reference }: { reference: string }) => reference);
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
    expect(await restrictions()).toEqual([]);
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
    expect(await restrictions()).toEqual([id]);

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
    expect(await restrictions()).toEqual([]);
    expect((await act(id, 'objections', employerClient, { reason: 'lagi' })).json().code).toBe(
      'flag_not_open',
    );
  });

  test('to a proposal suspends the flag once it is approved', async () => {
    const id = await propose();
    const objected = await act(id, 'objections', employerClient, { reason: 'tidak benar', suspensive: true });
    expect(objected.json().state).toBe('proposed');
    expect((await act(id, 'approvals', second)).json().state).toBe('suspended');
    expect((await act(id, 'lifts', second, { reason: 'selesai' })).json().state).toBe('lifted');
  });

  test('that does not exist cannot be decided', async () => {
    const id = await inForce();
    const flag = await service.send({ url: `/v1/flags/${id}` });
    const approvalId = flag.json().history[0].id;
    for (const objectionId of [id, approvalId]) {
      const path = `objections/${objectionId}/decisions`;
      const refused = await act(id, path, second, { upheld: true, reason: 'benar' });
      expect(refused.json()).toMatchObject({ status: 404, code: 'not_found', detail: 'No such objection.' });
    }
    await act(id, 'lifts', second, { reason: 'selesai' });
  });
});
