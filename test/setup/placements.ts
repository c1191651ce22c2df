import { expect } from 'vitest';
import type { TestApp } from './app.ts';
import { recordEmployer } from './employers.ts';

let made = 0;

/** The parties of a contract: a licensed vendor of Kulon Progo and a company of Bantul, each with its own client. */
export async function recordParties(service: TestApp, more: object = {}) {
  const vendor = await recordEmployer(service, {
    scale: 'medium',
    outsourcing: { licenceNumber: 'AD-1' },
    ...more,
  });
  const principal = await recordEmployer(service, { regionCode: '34.02', npwp: npwp() });
  const client = (employerId: string) =>
    service.token({ kind: 'employer', agency: 'employers', employerId, sub: `hrd-${employerId}` });
  return {
    vendor,
    principal,
    vendorClient: await client(vendor.id),
    principalClient: await client(principal.id),
    buyer: await service.token({
      kind: 'procurement_unit',
      agency: 'ulp-papua',
      regions: ['91'],
      sub: 'buyer',
    }),
  };
}

function npwp(): string {
  made += 1;
  return `01234567${String(made).padStart(8, '0')}`;
}

/** Terms of a contract over forty guards that has run since August, under a number of its own. */
export function terms(more: object = {}) {
  made += 1;
  return {
    principal: { name: 'RSUD Wates' },
    contractNumber: `PKS-${made}/2026`,
    startsOn: '2026-08-01',
    endsOn: '2027-07-31',
    workersContracted: 40,
    ...more,
  };
}

/** Declares a contract as the inspector or with a token; the answer must be a success. */
export async function declareContract(service: TestApp, vendor: string, body: object, token?: string) {
  const answer = await service.send({
    url: `/v1/vendors/${vendor}/placements`,
    body,
    ...(token && { token }),
  });
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.json();
}

/** So many workers alike, under a contract number or none. */
export type Placed = { contract?: string; workers: number; wage?: number; employmentType?: string };

/** Declares a month's roster: so many workers under each contract number, all with one wage and all programmes. */
export async function declarePlaced(
  service: TestApp,
  vendor: string,
  period: string,
  placed: readonly Placed[],
) {
  let serial = 0;
  const workers = placed.flatMap(({ contract, workers: count, wage = 4_000_000, employmentType }) =>
    Array.from({ length: count }, () => {
      serial += 1;
      return {
        nik: `340101150190${String(serial).padStart(4, '0')}`,
        name: 'Siti Aminah',
        birthDate: '1990-01-15',
        wage,
        programmes: ['JKK', 'JKM', 'JHT', 'JP'],
        employmentType,
        ...(contract !== undefined && { placementContract: contract }),
      };
    }),
  );
  const declared = await service.send({
    url: `/v1/employers/${vendor}/declarations`,
    body: { period, workers },
  });
  expect(declared.statusCode, declared.body).toBe(201);
  return declared.json().assessment.total as number;
}
