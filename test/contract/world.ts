import type { LightMyRequestResponse } from 'fastify';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { lawWith } from '#test/setup/law-files.ts';

/** The service with one employer in Kulon Progo, on whom everything that can be recorded is recorded. */
export type World = {
  service: TestApp;
  employerId: string;
  /** Another company, of the same region. */
  otherId: string;
  declarationId: string;
  /** A number that no call has used yet. */
  next(): number;
  /** Posts as the inspector, and returns the answer of a success. */
  post(url: string, body: object, token?: string): Promise<Answered>;
};
type Answered = { id: string; headers: LightMyRequestResponse['headers']; json: Record<string, unknown> };

export const EMPLOYER = {
  legalName: 'PT Jasa Keamanan Menoreh',
  npp: 'AB123456',
  nib: '9120301234567',
  npwp: '0123456789012345',
  kind: 'private',
  scale: 'small',
  regionCode: '34.01',
  registeredOn: '2026-01-05',
};

export async function prepareWorld(): Promise<World> {
  const service = await startApp();
  let used = 0;
  const world = {
    service,
    next: () => ++used,
    async post(url: string, body: object, token?: string): Promise<Answered> {
      const answer = await service.send({ url, body, ...(token !== undefined && { token }) });
      if (answer.statusCode >= 300) throw new Error(`POST ${url} answers ${answer.body}`);
      return { id: answer.json().id, headers: answer.headers, json: answer.json() };
    },
  };
  const employerId = (await world.post('/v1/employers', EMPLOYER)).id;
  const other = {
    ...EMPLOYER,
    legalName: 'CV Glagah',
    npp: 'CD123456',
    nib: undefined,
    npwp: undefined,
    registeredOn: undefined,
  };
  const otherId = (await world.post('/v1/employers', other)).id;
  const declared = `/v1/employers/${employerId}/declarations`;
  await world.post(declared, { period: '2026-07', workers: [worker(1)] });
  const declarationId = (await world.post(declared, { period: '2026-08', workers: [worker(1)] })).id;
  const prepared = { ...world, employerId, otherId, declarationId };
  await payment(prepared);
  await flag(prepared);
  return prepared;
}

export function worker(serial: number, wage = 4_000_000) {
  return {
    nik: `340101150190${String(serial).padStart(4, '0')}`,
    name: 'Siti Aminah',
    birthDate: '1990-01-15',
    wage,
    programmes: ['JKK', 'JKM'],
  };
}

/** Records a payment of its own and returns its id. */
export async function payment({ post, employerId, next }: World): Promise<string> {
  const body = { employer: employerId, amount: 1000, paidOn: '2026-09-01', reference: `TRX-${next()}` };
  return (await post('/v1/payments', body)).id;
}

/** Proposes a flag of its own and returns its id. */
export async function flag({ post, employerId, next }: World): Promise<string> {
  const body = { employer: employerId, kind: 'watch', ground: `laporan ${next()}`, startsOn: '2026-11-01' };
  return (await post('/v1/flags', body)).id;
}

/** Objects to a flag and returns the objection's id. */
export async function objection({ post }: World, flagId: string): Promise<string> {
  const { json } = await post(`/v1/flags/${flagId}/objections`, { reason: 'keliru', suspensive: true });
  return (json.history as { id: string }[]).at(-1)!.id;
}

/** Withdraws what is open of a kind, as only so many may be. */
async function makeRoom({ service, post }: World, kind: string): Promise<void> {
  const { items } = (await service.send({ url: `/v1/${kind}?limit=200` })).json();
  const open = items.filter(({ ending }: { ending?: object }) => !ending);
  if (open.length < 5) return;
  for (const { id } of open) await post(`/v1/${kind}/${id}/withdrawals`, { reason: 'diganti' });
}

/** Records a payment plan of its own and returns its id. */
export async function plan(world: World): Promise<string> {
  await makeRoom(world, 'plans');
  const { post, employerId } = world;
  const instalments = [{ dueOn: '2026-12-15', amount: 50_000 }];
  const body = { employer: employerId, periods: ['2026-08'], instalments, agreedOn: '2026-11-19' };
  return (await post('/v1/plans', body)).id;
}

/** Opens a dispute of its own, which suspends nothing, and returns its id. */
export async function dispute(world: World): Promise<string> {
  await makeRoom(world, 'disputes');
  const { post, employerId } = world;
  return (await post('/v1/disputes', { employer: employerId })).id;
}

/** Invites the employer to regularise and returns the invitation's id. */
export async function invitation(world: World): Promise<string> {
  await makeRoom(world, 'regularisations');
  const { post, employerId } = world;
  return (await post('/v1/regularisations', { employer: employerId })).id;
}

/** Sends a file with two bad lines and returns the import's id once it is applied. */
export async function imported({ service, next }: World): Promise<string> {
  const lines = [`${EMPLOYER.npp};1000;2026-09-01;FILE-${next()}`, 'ZZ999999;1000;2026-09-01;A', 'x;x;x;x'];
  const sent = await service.send({
    method: 'POST',
    url: '/v1/imports?kind=payments',
    body: ['npp;jumlah;tanggal_bayar;referensi', ...lines].join('\r\n'),
    headers: { 'content-type': 'text/csv' },
  });
  const { id } = sent.json();
  await service.send({ url: `/v1/imports/${id}/events` });
  return id;
}

export const CHECK = {
  subject: { npp: EMPLOYER.npp },
  purpose: 'tender_award',
  reference: 'TENDER-1',
};

/** Has another process adopt a law with a higher late charge. */
export async function newRuleset({ service }: World): Promise<void> {
  const now = service.deps.clock().toISOString();
  const lawFiles = lawWith({ 'pp-44-2015/payment/late-charge': '3' });
  await (await startApp(now, {}, { lawFiles, beside: service })).close();
}
