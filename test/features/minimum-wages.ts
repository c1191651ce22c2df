import { expect } from 'vitest';
import type { TestApp } from '#test/setup/app.ts';

type Line = number | { wage: number; employmentType?: string };

/** Employers of all regions, the wages that they declare, and the minimum wages that are stated there. */
export type WageWorld = Awaited<ReturnType<typeof wageWorld>>;

export async function wageWorld(service: TestApp) {
  const regions = ['11', '12', '13', '14', '16', '17', '18', '19', '31', '32', '33', '34', '35', '51', '52'];
  const token = await service.token({ agency: 'pusat', kind: 'operator', regions });
  let made = 0;
  let born = 0;

  async function employer(regionCode: string, more: object = {}): Promise<string> {
    made += 1;
    const body = {
      legalName: `PT Upah ${made}`,
      npp: `UPH${String(made).padStart(5, '0')}`,
      kind: 'private',
      scale: 'medium',
      regionCode,
      registeredOn: '2026-11-02',
      jkkClass: 'I',
      jkkClassOrigin: 'bpjs_decision',
      ...more,
    };
    const created = await service.send({ url: '/v1/employers', body, token });
    expect(created.statusCode, created.body).toBe(201);
    return created.json().id;
  }

  /** Declares workers with these wages. */
  async function declare(employerId: string, period: string, lines: readonly Line[]): Promise<void> {
    const workers = lines.map((line) => ({
      nik: `340101410790${String((born = (born + 1) % 10_000)).padStart(4, '0')}`,
      name: 'Siti Aminah',
      birthDate: '1990-07-01',
      programmes: ['JKK', 'JKM', 'JHT', 'JP'],
      ...(typeof line === 'number' ? { wage: line } : line),
    }));
    const url = `/v1/employers/${employerId}/declarations`;
    const declared = await service.send({ url, body: { period, workers }, token });
    expect(declared.statusCode, declared.body).toBe(201);
  }

  /** States a minimum wage, and expects an answer with the status. */
  async function state(regionCode: string, year: number, monthly: number, status = 201, source?: string) {
    const url = `/v1/minimum-wages/${regionCode}/${year}`;
    const body = { monthly, ...(source !== undefined && { source }) };
    const stated = await service.send({ method: 'PUT', url, body, token });
    expect(stated.statusCode, stated.body).toBe(status);
    return stated.json();
  }

  async function verdict(employerId: string, query = '') {
    const answer = await service.send({ url: `/v1/employers/${employerId}/verdict?${query}`, token });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json();
  }

  /** What the verdict says of wages below a minimum. */
  async function shortfall(employerId: string, query = '') {
    const { reasons } = await verdict(employerId, query);
    return reasons.find(({ minimumWage }: { minimumWage?: object }) => minimumWage);
  }

  return { token, employer, declare, state, verdict, shortfall };
}
