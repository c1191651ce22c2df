import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type Tx, transaction } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { actorOf } from '#src/http/access.ts';
import { WAIT_MS } from '#src/http/fair-transaction.ts';
import {
  type Answer,
  claim,
  idempotencyKey,
  inFlight,
  keep,
  keptSince,
  replay,
  requestLine,
} from '#src/http/idempotency.ts';
import type { Imports, Upload } from '#src/imports/index.ts';

/**
 * Runs a use case that reads an upload, and keeps its answer under the request's Idempotency-Key with the digest of
 * what was read. Under a key that has an answer the upload is read for its digest alone. The key itself is written
 * at the end: what breaks off leaves it free.
 */
export async function onceUploaded(
  deps: Deps,
  imports: Imports,
  request: FastifyRequest,
  upload: Upload,
  useCase: () => Promise<Answer>,
): Promise<Answer> {
  const key = idempotencyKey(request);
  if (key === undefined) return useCase();
  const { client } = actorOf(request);
  upload.digestAll();
  const answer = await imports.exclusively(`idempotency:${client}:${key}`, async () => {
    const known = await isKnown(deps, client, key);
    const fresh = known ? undefined : await useCase();
    if (known) await imports.discard(upload);
    const hash = createHash('sha256').update(requestLine(request)).update(upload.digest()).digest();
    const work = async (tx: Tx) => {
      const kept = await claim(tx, client, key, hash, deps.clock());
      if (kept) return replay(kept, hash);
      if (!fresh) throw inFlight();
      await keep(tx, client, key, fresh);
      return fresh;
    };
    // What was read is not to be sent again because its client has much else to do: no turn is waited for.
    return transaction(deps.database, work, { lockTimeoutMs: WAIT_MS });
  });
  if (!answer) throw inFlight();
  return answer;
}

async function isKnown(deps: Deps, client: string, key: string): Promise<boolean> {
  const found = await deps.database.pool.query(
    'select 1 from idempotency_keys where client_id = $1 and key = $2 and created_at >= $3',
    [client, key, keptSince(deps.clock())],
  );
  return found.rowCount === 1;
}
