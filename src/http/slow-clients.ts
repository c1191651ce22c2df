import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Visit } from './overload-lanes.ts';
import { Problem } from './problem.ts';
import type { ProblemCode } from './problem-table.ts';

/** A request from its headers to the last byte of its answer. */
export type Stay = {
  request: IncomingMessage;
  response: ServerResponse;
  client: string;
  visit: Visit;
  /** Bytes of its body, as they were announced. */
  length: number;
  /** When it began, in milliseconds. */
  since: number;
  /** Bytes that had been read from its connection by then, for a long body; else 0. */
  readBefore: number;
  /** When some of its answer was first seen to wait, in milliseconds: from then on it is watched. */
  unreadSince?: number;
  /** Its place among those who are here. */
  place: number;
};

/**
 * Whoever is here. A Set that is filled and emptied all the time leaves its outgrown tables behind, each pointing to the
 * next: once the garbage collector holds one for old, it keeps what was in all that came after it.
 */
export class Stays {
  readonly #all: Stay[] = [];

  get size(): number {
    return this.#all.length;
  }

  add(stay: Omit<Stay, 'place'>): Stay {
    const added = Object.assign(stay, { place: this.#all.length });
    this.#all.push(added);
    return added;
  }

  delete(stay: Stay): void {
    const last = this.#all.pop()!;
    if (last === stay) return;
    last.place = stay.place;
    this.#all[stay.place] = last;
  }

  [Symbol.iterator](): Iterator<Stay> {
    return [...this.#all].values();
  }
}

/** What clients may take their time for. */
export type Patience = {
  /** From then on a request that is still arriving keeps nobody else from being taken. */
  asideMs: number;
  /** A body that is read whole must have arrived by then; imports are streamed, and have a rule of their own. */
  bodyMs: number;
  /** An answer that has waited for so long counts as kept for its client; until then it is on its way. */
  takeMs: number;
  /** An answer of which nothing is taken for so long is not wanted. */
  unreadMs: number;
  /** So many bytes of bodies and answers are kept for clients that do not send or take them. */
  heldBytes: number;
  /** A body may go on arriving for so long after it has been answered; some clients read only then. */
  lingerMs: number;
};

export const PATIENCE: Patience = {
  asideMs: 1000,
  bodyMs: 60_000,
  takeMs: 3000,
  unreadMs: 60_000,
  heldBytes: 128 * 1_048_576,
  lingerMs: 30_000,
};

/** So much of a body can have come along with its head. */
const READ_AT_ONCE = 65_536;
const READ_WHOLE = /^application\/(json|merge-patch\+json|x-www-form-urlencoded)\b/i;

/**
 * Looks once at everybody who is here, and parts with those that take too long; where too much is held for them all,
 * with those of the client that most is held for.
 */
export function partWithSlow(stays: Iterable<Stay>, now: number, patience: Patience): void {
  const held = new Map<string, { bytes: number; stays: Stay[] }>();
  let total = 0;
  for (const stay of stays) {
    const { request, response, visit, client, since } = stay;
    let bytes = 0;
    if (!request.complete) {
      const age = now - since;
      if (age >= patience.asideMs) visit.stepAside();
      if (response.headersSent || !isReadWhole(request)) continue;
      if (age >= patience.bodyMs) giveUp(stay, 'request_timeout');
      else bytes = Math.min(stay.length, request.socket.bytesRead - stay.readBefore + READ_AT_ONCE);
    } else if (response.writableLength > 0) {
      if (stay.unreadSince === undefined) watch(stay, patience.unreadMs);
      stay.unreadSince ??= now;
      // Whoever is just being sent an answer is not slow.
      if (now - stay.unreadSince >= patience.takeMs) bytes = response.writableLength;
    }
    if (bytes === 0) continue;
    const of = held.get(client);
    if (of) {
      of.bytes += bytes;
      of.stays.push(stay);
    } else held.set(client, { bytes, stays: [stay] });
    total += bytes;
  }
  if (total <= patience.heldBytes) return;
  for (const of of [...held.values()].sort((a, b) => b.bytes - a.bytes)) {
    for (const stay of of.stays) giveUp(stay, 'unavailable');
    total -= of.bytes;
    if (total <= patience.heldBytes) return;
  }
}

/** Whether the body is read whole before anything is done; others are streamed. */
export function isReadWhole({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return READ_WHOLE.test(headers['content-type'] ?? '');
}

/**
 * Makes what closes the connection of a body that goes on arriving although it has been answered. A connection has one
 * such body at a time, so that no more is kept than there are connections.
 */
export function openLinger({ lingerMs }: Patience): (request: IncomingMessage) => void {
  const closings = new WeakMap<Socket, NodeJS.Timeout>();
  return (request) => {
    if (request.complete) return;
    const { socket } = request;
    clearTimeout(closings.get(socket));
    const closing = setTimeout(() => {
      if (!request.complete) socket.destroy();
    }, lingerMs).unref();
    closings.set(socket, closing);
  };
}

/** Whoever reads the body is told by its end; who has an answer on the way gets no more of it. */
function giveUp({ request, response }: Stay, code: ProblemCode): void {
  if (response.headersSent || request.listenerCount('error') === 0) request.socket.destroy();
  else
    request.emit(
      'error',
      new Problem(code, {
        headers: { connection: 'close', ...(code === 'unavailable' && { 'retry-after': '1' }) },
      }),
    );
}

/** Node tells when nothing has been taken for a while; that we have nothing to send is not the client's fault. */
function watch(stay: Stay, unreadMs: number): void {
  const { socket } = stay.request;
  stay.response.setTimeout(unreadMs, () => {
    if (socket.writableLength > 0) socket.destroy();
  });
}
