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
  // A breach that no other call mends, for procedures to rest on.
  await world.post('/v1/evidence', {
    employer: employerId,
    kind: 'inspection',
    observedOn: '2026-08-12',
    headcount: 400,
  });
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

/** Records evidence of its own, by which these workers were seen, and returns its id. */
export async function evidence(
  { post, employerId, next }: World,
  seen: readonly number[] = [1],
): Promise<string> {
  const workers = seen.map((serial) => ({ nik: worker(serial).nik, wage: 1_000_000 }));
  const body = {
    employer: employerId,
    kind: 'wlkp_report',
    observedOn: '2026-10-05',
    note: `laporan ${next()}`,
  };
  return (await post('/v1/evidence', { ...body, workers })).id;
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
  const open = items.filter(
    ({ ending, agency }: { ending?: object; agency: string }) => !ending && agency === 'disnaker-kulon-progo',
  );
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

/** Cancels the open inspection, as there may be only one. */
export async function cancelInspections({ service, post }: World): Promise<void> {
  const { items } = (await service.send({ url: '/v1/inspections?state=assigned' })).json();
  for (const { id } of items)
    await post(`/v1/inspections/${id}/outcomes`, { kind: 'cancelled', on: '2026-11-20', found: [] });
}

/** Gives the employer to an inspector of its own and returns the inspection's id. */
export async function inspection(world: World): Promise<string> {
  await cancelInspections(world);
  const { post, employerId, next } = world;
  return (await post('/v1/inspections', { employer: employerId, inspector: `petugas-${next()}` })).id;
}

/** Has the other company declare a worker whom the employer declares in the same month. */
export async function sharedWorker({ post, otherId }: World): Promise<void> {
  await post(`/v1/employers/${otherId}/declarations`, { period: '2026-08', workers: [worker(1)] });
}

/** Declares a conflict of interest of a person of its own. */
export async function conflict({ post, employerId, next }: World): Promise<string> {
  const body = { employer: employerId, inspector: `petugas-${next()}`, reason: 'kerabat' };
  return (await post('/v1/inspections/conflicts', body)).id;
}

/** Opens a procedure of its own, as only one may be open for a breach, and returns its id. */
export async function sanction({ service, post, employerId, next }: World): Promise<string> {
  const { items } = (await service.send({ url: `/v1/employers/${employerId}/sanctions?limit=200` })).json();
  for (const { id, state } of items) {
    if (state === 'closed') continue;
    await post(`/v1/sanctions/${id}/steps`, { step: 'closed', on: '2026-11-20', note: 'diganti' });
  }
  const body = {
    employer: employerId,
    codes: ['PARTIAL_WORKERS'],
    openedOn: '2026-08-20',
    note: `berkas ${next()}`,
  };
  return (await post('/v1/sanctions', body)).id;
}

/** Sees to it that procedures of both companies have terms that run. */
export async function sanctionTerms(world: World): Promise<void> {
  const { post, otherId } = world;
  await sanction(world);
  await post('/v1/sanctions', { employer: otherId, codes: ['NOT_REGISTERED'], openedOn: '2026-11-20' });
}

/** Takes a procedure of its own up to a request to deny services and returns the ids of both. */
export async function serviceRequest(world: World): Promise<{ sanctionId: string; requestId: string }> {
  const sanctionId = await sanction(world);
  const { post } = world;
  const url = `/v1/sanctions/${sanctionId}/steps`;
  await post(url, { step: 'first_warning', on: '2026-08-20' });
  await post(url, { step: 'second_warning', on: '2026-09-07' });
  await post(url, { step: 'administrative_fine', on: '2026-09-22' });
  const request = { step: 'tmp2t_request', on: '2026-10-07', services: ['business_licence'] };
  const { json } = await post(url, request);
  return { sanctionId, requestId: (json.requests as { id: string }[])[0]!.id };
}

/** States the minimum wages of the province and of Bantul in 2025. */
export async function minimumWage({ service }: World): Promise<void> {
  for (const region of ['34', '34.02']) {
    const url = `/v1/minimum-wages/${region}/2025`;
    const stated = await service.send({ method: 'PUT', url, body: { monthly: 2_264_080 } });
    if (stated.statusCode >= 300) throw new Error(`PUT ${url} answers ${stated.body}`);
  }
}

/** Delays, for an investigation of its own, what the employer sees next year. */
export async function accessDelay({ post, employerId, next }: World): Promise<string> {
  const body = { startsOn: '2027-01-01', endsOn: '2027-03-31', reason: 'penyidikan' };
  const caseReference = `PERKARA-${next()}`;
  return (await post(`/v1/employers/${employerId}/access-delays`, { ...body, caseReference })).id;
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

/** What somebody may say of a contract of its own, with every field; the principal is a company of its own. */
export async function wholeTerms({ next, post }: World) {
  const [name, npwp] = ['RSUD Wates', `01234567${String(next()).padStart(8, '0')}`];
  const principal = { ...EMPLOYER, legalName: name, npp: `PR${next()}00`, nib: undefined, npwp };
  const { id: employerId } = await post('/v1/employers', principal);
  return {
    principal: { employerId, name, npwp },
    contractNumber: `PKS-${next()}/2026`,
    procurementReference: 'RUP-7',
    startsOn: '2026-08-01',
    endsOn: '2027-07-31',
    workersContracted: 40,
    billedMonthlyWage: 4_500_000,
    confirmedByPrincipal: false,
  };
}

/** Declares a contract of its own as the inspector and returns the answer. */
export async function placement(world: World): Promise<Answered> {
  return world.post(`/v1/vendors/${world.employerId}/placements`, await wholeTerms(world));
}

/** Records another employer of the same name that has an outsourcing licence. */
export async function vendor({ post, next }: World): Promise<string> {
  const more = {
    npp: `VE${next()}00`,
    nib: undefined,
    npwp: undefined,
    outsourcing: { licenceNumber: 'AD-1' },
  };
  return (await post('/v1/employers', { ...EMPLOYER, ...more })).id;
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
