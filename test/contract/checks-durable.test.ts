import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectEmbedded } from '#src/db/embedded.ts';
import { openDatabase } from '#src/db/index.ts';
import { endedBy, ownService } from './own-service.ts';

const own = ownService();
const CLIENTS = 8;
const ROUNDS = 2;
/** So many answers of a round are there when the power fails. */
const ANSWERED = 150;

let service: { child: ChildProcess; address: string };
let token: string;

async function call(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(`${service.address}${path}`, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
  });
  const text = await answer.text();
  expect(answer.ok, text).toBe(true);
  return text;
}

/** What PostgreSQL had not yet handed to the system is lost, as is what the service remembers. */
async function crash(): Promise<void> {
  const exit = once(service.child, 'exit');
  for (const pid of own.databaseProcesses()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Whoever goes with the postmaster is gone already.
    }
  }
  service.child.kill('SIGKILL');
  await exit;
}

beforeAll(async () => {
  service = await own.start();
  token = own.token('registry:read registry:write checks:create');
  for (let index = 1; index <= CLIENTS; index += 1) {
    const employer = { legalName: 'PT Tahan', npp: `DU00000${index}`, kind: 'private', scale: 'micro' };
    await call('/v1/employers', { ...employer, regionCode: '34.01' });
  }
});

afterAll(async () => {
  await endedBy(service.child, 'SIGTERM');
  own.remove();
});

test('a check that was answered survives the death of the database, byte for byte', async () => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const answers = new Map<string, string>();
    const keep = (text: string) => answers.set((JSON.parse(text) as { id: string }).id, text);
    const asked = { purpose: 'tender_award', reference: `round-${round}` };
    let dead: Promise<void> | undefined;
    const client = async (_: unknown, number: number) => {
      const subject = { npp: `DU00000${number + 1}` };
      for (let turn = 1; ; turn += 1) {
        const key = `${round}-${number}-${turn}`;
        try {
          if (number === 0) {
            const subjects = Array.from({ length: 5 }, () => subject);
            const batch = await call('/v1/check-batches', { ...asked, subjects });
            const { results } = JSON.parse(batch) as { results: unknown[] };
            // An answer of a batch is that of a single check, written the same way.
            for (const each of results) keep(JSON.stringify(each));
          } else {
            keep(
              await call(
                '/v1/checks',
                { ...asked, subject },
                number % 2 === 0 ? { 'idempotency-key': key } : {},
              ),
            );
          }
        } catch (error) {
          if (dead) return;
          throw error;
        }
        if (answers.size >= ANSWERED) dead ??= crash();
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    await dead;
    service = await own.start();
    for (const [id, text] of answers) {
      expect(JSON.parse(text)).toHaveProperty('receipt');
      expect(await call(`/v1/checks/${id}`)).toBe(text);
    }
  }
});

test('a connection of the service waits until what it commits is on the disk', async () => {
  const database = openDatabase((await connectEmbedded(own.folder))!);
  try {
    const shown = await database.pool.query('show synchronous_commit');
    expect(shown.rows).toEqual([{ synchronous_commit: 'on' }]);
  } finally {
    await database.close();
  }
});
