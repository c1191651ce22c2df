import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ClientBase, Pool } from 'pg';
import { type Database, lockTimedOut, type Tx } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { actorOf } from './access.ts';
import { fairTransaction, WAIT_MS } from './fair-transaction.ts';
import { Problem } from './problem.ts';

/** An answer as it goes out, and as it is replayed. */
export type Answer = { status: number; headers?: Record<string, string>; body: unknown };

type Kept = {
  request_hash: Buffer;
  status: number | null;
  headers: Record<string, string> | null;
  body: string;
};

const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;
const KEPT_HOURS = 24;

/** What is under way, by client and key: a twin in this process waits for it without holding a connection. */
const underWay = new WeakMap<Database, Map<string, Promise<void>>>();

/**
 * Runs a use case in one transaction and answers with what it returns. With an Idempotency-Key the first answer is
 * kept beside the facts, in the same transaction: the same request again gets it back unchanged, the same key with
 * another request is refused, and a twin that is still running is waited for, for ten seconds.
 *
 * @param inTurn runs the transaction when there is room for it; what is answered from what is kept needs none
 */
export async function once(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  useCase: (tx: Tx) => Promise<Answer>,
  inTurn = (work: () => Promise<Answer>) => work(),
): Promise<FastifyReply> {
  const { database, clock } = deps;
  const key = idempotencyKey(request);
  if (key === undefined) return send(reply, await inTurn(() => fairTransaction(database, request, useCase)));

  const hash = requestHash(request);
  const { client } = actorOf(request);
  const answerOnce = () =>
    fairTransaction(database, request, async (tx) => {
      const kept = await claim(tx, client, key, hash, clock());
      if (kept) return replay(kept, hash);
      const fresh = await useCase(tx);
      await keep(tx, client, key, fresh);
      return fresh;
    });
  const answer = await afterTwins(database, `${client} ${key}`, async () => {
    const kept = await keptAnswer(database.pool, client, key, hash, clock());
    return kept ? replay(kept, hash) : inTurn(answerOnce);
  });
  return send(reply, answer);
}

/** Does its work when all that came before it under the same name have ended; throws where that takes too long. */
async function afterTwins<T>(database: Database, name: string, work: () => Promise<T>): Promise<T> {
  const twins = underWay.get(database) ?? new Map<string, Promise<void>>();
  underWay.set(database, twins);
  const before = twins.get(name);
  const own = Promise.withResolvers<void>();
  const all = Promise.all([before, own.promise]).then(() => {});
  twins.set(name, all);
  void all.then(() => {
    if (twins.get(name) === all) twins.delete(name);
  });
  try {
    if (before && !(await endsWithin(before, WAIT_MS))) throw inFlight();
    return await work();
  } finally {
    own.resolve();
  }
}

async function endsWithin(work: Promise<void>, ms: number): Promise<boolean> {
  const late = new AbortController();
  const ended = await Promise.race([
    work.then(() => true),
    delay(ms, false, { signal: late.signal }).catch(() => false),
  ]);
  late.abort();
  return ended;
}

/** A request with the same key is still being worked on. */
export function inFlight(): Problem {
  return new Problem('idempotency_in_flight', { headers: { 'retry-after': '1' } });
}

/** What is kept under a key, without waiting for whoever holds it; the answer only for the request that it is of. */
async function keptAnswer(
  queryable: ClientBase | Pool,
  client: string,
  key: string,
  hash: Buffer,
  now: Date,
): Promise<Kept | undefined> {
  const found = await queryable.query<Kept>({
    name: 'kept answer',
    text: `select request_hash, status, headers, case when request_hash = $3 then body end as body
           from idempotency_keys where client_id = $1 and key = $2 and created_at >= $4`,
    values: [client, key, hash, keptSince(now)],
  });
  return found.rows[0];
}

/** The request's Idempotency-Key, if it has one; throws 422 where it cannot be one. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined || (typeof key === 'string' && KEY.test(key))) return key as string | undefined;
  throw new Problem('invalid_content', {
    errors: [
      {
        pointer: '/headers/idempotency-key',
        code: 'invalid_format',
        detail: { id: '1 sampai 255 karakter ASCII.', en: '1 to 255 printable ASCII characters.' },
      },
    ],
  });
}

/** The moment from which kept answers count. */
export function keptSince(now: Date): Date {
  return new Date(now.getTime() - KEPT_HOURS * 3_600_000);
}

/**
 * Takes the key, or returns what is kept under it. Waits while another transaction holds it, for as long as its own may
 * wait, and throws 409 after that.
 */
export async function claim(
  tx: Tx,
  client: string,
  key: string,
  hash: Buffer,
  now: Date,
): Promise<Kept | undefined> {
  const claimed = await tx.client
    .query({
      name: 'claim key',
      text: `insert into idempotency_keys (client_id, key, request_hash, created_at) values ($1, $2, $3, $4)
     on conflict (client_id, key) do update
       set request_hash = excluded.request_hash, created_at = excluded.created_at,
           status = null, headers = null, body = null
       where idempotency_keys.created_at < $5
     returning 1`,
      values: [client, key, hash, now, keptSince(now)],
    })
    .catch((error) => {
      throw lockTimedOut(error) ? inFlight() : error;
    });
  if (claimed.rowCount) {
    await forget(tx, now);
    return undefined;
  }
  return keptAnswer(tx.client, client, key, hash, now);
}

/** Each new key takes some that have expired with it, so that they never pile up. */
async function forget(tx: Tx, now: Date): Promise<void> {
  await tx.client.query({
    name: 'forget keys',
    text: `delete from idempotency_keys where (client_id, key) in (
       select client_id, key from idempotency_keys where created_at < $1
       order by created_at limit 10 for update skip locked)`,
    values: [keptSince(now)],
  });
}

/** Keeps the answer under a claimed key. */
export async function keep(tx: Tx, client: string, key: string, answer: Answer): Promise<void> {
  await tx.client.query({
    name: 'keep answer',
    text: 'update idempotency_keys set status = $3, headers = $4, body = $5 where client_id = $1 and key = $2',
    values: [client, key, answer.status, answer.headers ?? {}, JSON.stringify(answer.body)],
  });
}

/** The kept answer; throws where the key was used for another request. */
export function replay(kept: Kept, hash: Buffer): Answer {
  if (!kept.request_hash.equals(hash)) throw new Problem('idempotency_key_reused');
  if (kept.status === null) throw inFlight();
  return {
    status: kept.status,
    headers: { ...kept.headers, 'idempotency-replayed': 'true' },
    body: JSON.parse(kept.body),
  };
}

/**
 * Identity of a request but for its body: method, address, and what the caller may see, since clients of the command
 * line are as many callers as they have tokens, and an answer must not be replayed to another of them.
 */
export function requestLine(request: FastifyRequest): string {
  const { agency, kind, regions, employerId = null } = actorOf(request);
  return `${request.method} ${request.url} ${JSON.stringify([agency, kind, regions, employerId])}\n`;
}

/** Identity of a request. */
function requestHash(request: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(requestLine(request))
    .update(JSON.stringify(canonical(request.body)) ?? '')
    .digest();
}

/** The same value with the keys of its objects in order: two spellings of one body are one request. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, inner]) => [key, canonical(inner)]));
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  return reply
    .status(answer.status)
    .headers(answer.headers ?? {})
    .send(answer.body);
}
