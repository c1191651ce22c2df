import { expect } from 'vitest';
import type { TestApp } from './app.ts';
import { declareMonth, recordEmployer } from './employers.ts';
import { post } from './suspensions.ts';

/** An office that decides about licences, as Patuh knows it. */
export const LICENSING = 'dpmptsp-kulon-progo';

/** Enters an agency, which then decides itself about what it is asked. */
export async function enterAgency(service: TestApp, code: string, kind: string): Promise<void> {
  await service.deps.database.pool.query(
    `insert into agencies (code, name, kind, regions, created_at) values ($1, $1, $2, '{34.01}', now())
     on conflict do nothing`,
    [code, kind],
  );
}

/** An employer that owes August 2026 and nothing else, as it closed then; returns its id and what it owes. */
export async function recordDebtor(
  service: TestApp,
  more: object = {},
): Promise<{ id: string; bill: number }> {
  const { id } = await recordEmployer(service, {
    registeredOn: '2026-08-01',
    closedOn: '2026-08-31',
    ...more,
  });
  return { id, bill: await declareMonth(service, id, '2026-08') };
}

/** Opens a procedure for arrears on 21 September 2026 unless `more` says otherwise; returns its id. */
export async function openSanction(service: TestApp, employer: string, more: object = {}): Promise<string> {
  const body = { employer, codes: ['ARREARS'], openedOn: '2026-09-21', ...more };
  return (await post(service, '/v1/sanctions', body)).id;
}

/** Asks for a step and gives the whole answer. */
export async function step(service: TestApp, sanctionId: string, body: object, token?: string) {
  return service.send({
    url: `/v1/sanctions/${sanctionId}/steps`,
    body,
    ...(token !== undefined && { token }),
  });
}

/** Takes a step, which must be possible, and returns the procedure. */
export async function take(service: TestApp, sanctionId: string, body: object, token?: string) {
  const answer = await step(service, sanctionId, body, token);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

/** Takes a procedure up to the fine, each step on its first day: requests can be made from 3 November 2026 on. */
export async function takeUpToFine(service: TestApp, sanctionId: string): Promise<void> {
  await take(service, sanctionId, { step: 'first_warning', on: '2026-09-21' });
  await take(service, sanctionId, { step: 'second_warning', on: '2026-10-06' });
  await take(service, sanctionId, { step: 'administrative_fine', on: '2026-10-21' });
}

/** Opens a procedure and takes it up to a request for business licences; returns the ids of both. */
export async function request(
  service: TestApp,
  employer: string,
  more: object = {},
): Promise<{ sanctionId: string; requestId: string }> {
  const sanctionId = await openSanction(service, employer);
  await takeUpToFine(service, sanctionId);
  const asked = {
    step: 'tmp2t_request',
    on: '2026-11-05',
    services: ['business_licence'],
    decidedBy: LICENSING,
  };
  const { requests } = await take(service, sanctionId, { ...asked, ...more });
  return { sanctionId, requestId: requests.at(-1).id };
}
