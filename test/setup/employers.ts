import { expect } from 'vitest';
import type { TestApp } from './app.ts';

let made = 0;

/** Records an employer through the API: registered this month, in order today unless `more` says otherwise. */
export async function recordEmployer(
  service: TestApp,
  more: object = {},
): Promise<{ id: string; npp: string }> {
  made += 1;
  const created = await service.send({
    url: '/v1/employers',
    body: {
      legalName: `PT Contoh ${made}`,
      npp: `NPP${String(made).padStart(5, '0')}`,
      kind: 'private',
      scale: 'small',
      regionCode: '34.01',
      registeredOn: '2026-11-02',
      jkkClass: 'I',
      jkkClassOrigin: 'bpjs_decision',
      ...more,
    },
  });
  expect(created.statusCode, created.body).toBe(201);
  return created.json();
}

/** Declares one worker with all that a small enterprise owes; returns the bill. */
export async function declareMonth(service: TestApp, employerId: string, period: string, wage = 4_000_000) {
  const declared = await service.send({
    url: `/v1/employers/${employerId}/declarations`,
    body: {
      period,
      workers: [
        {
          nik: '3401014107900001',
          name: 'Siti Aminah',
          birthDate: '1990-07-01',
          wage,
          programmes: ['JKK', 'JKM', 'JHT', 'JP'],
        },
      ],
    },
  });
  expect(declared.statusCode, declared.body).toBe(201);
  return declared.json().assessment.total as number;
}

export async function pay(
  service: TestApp,
  employer: string,
  amount: number,
  paidOn: string,
  more: object = {},
) {
  made += 1;
  const paid = await service.send({
    url: '/v1/payments',
    body: { employer, amount, paidOn, reference: `BANK-${made}`, ...more },
  });
  expect(paid.statusCode, paid.body).toBe(201);
  return paid.json();
}

/** Raises a flag and has a second person approve it; returns its id. */
export async function flagEmployer(service: TestApp, employer: string, kind: string, more: object = {}) {
  const raised = await service.send({
    url: '/v1/flags',
    body: { employer, kind, ground: 'Pemeriksaan', startsOn: '2026-11-01', ...more },
  });
  expect(raised.statusCode, raised.body).toBe(201);
  const { id } = raised.json();
  const approved = await service.send({
    url: `/v1/flags/${id}/approvals`,
    body: {},
    token: await service.token({ sub: 'inspector-2' }),
  });
  expect(approved.statusCode, approved.body).toBeLessThan(300);
  return id as string;
}
