import { expect } from 'vitest';
import type { TestApp } from './app.ts';

/** Posts as the inspector, or with a token, and returns the answer of a creation. */
export async function post(service: TestApp, url: string, body: object, token?: string) {
  const answer = await service.send({ url, body, ...(token !== undefined && { token }) });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

/** Records a plan of these instalments for October 2026, agreed on 18 November 2026 unless `more` says otherwise. */
export async function agree(
  service: TestApp,
  employer: string,
  instalments: [dueOn: string, amount: number][],
  more: object = {},
) {
  return post(service, '/v1/plans', {
    employer,
    periods: ['2026-10'],
    instalments: instalments.map(([dueOn, amount]) => ({ dueOn, amount })),
    agreedOn: '2026-11-18',
    ...more,
  });
}
