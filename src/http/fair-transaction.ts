import type { FastifyRequest } from 'fastify';
import { type Database, type Tx, transaction } from '#src/db/index.ts';
import { actorOf } from './access.ts';
import { turns } from './at-most.ts';
import { Problem } from './problem.ts';

/** So long a request waits for its turn, and so long for what another transaction holds. */
export const WAIT_MS = 10_000;

type Line = { inTurn: ReturnType<typeof turns>; length: number };

/** Who waits for a connection, or has one, by client. */
const lines = new WeakMap<Database, Map<string, Line>>();

/**
 * One transaction for a request: commits what `work` returns, rolls back what it throws. Of one client no more than half
 * of the connections is used at a time: whoever waits for what others hold, all requests to one employer, say, keeps
 * connections for everybody else. Waits that take too long end with 503.
 */
export async function fairTransaction<T>(
  database: Database,
  request: FastifyRequest,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { client } = actorOf(request);
  const ofClients = lines.get(database) ?? new Map<string, Line>();
  lines.set(database, ofClients);
  const line = ofClients.get(client) ?? {
    inTurn: turns(Math.ceil(database.writer.options.max / 2)),
    length: 0,
  };
  ofClients.set(client, line);
  line.length += 1;
  const since = performance.now();
  try {
    return await line.inTurn(() => {
      if (performance.now() - since > WAIT_MS)
        throw new Problem('unavailable', { headers: { 'retry-after': '2' } });
      return transaction(database, work, { lockTimeoutMs: WAIT_MS });
    });
  } finally {
    line.length -= 1;
    if (line.length === 0) ofClients.delete(client);
  }
}
