import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Visit } from './overload-lanes.ts';
import { refusalText } from './overload-refusal.ts';
import { type PlainRequest, plainRequest } from './plain-request.ts';

/** Takes a request, or not. */
export type Enter = (request: PlainRequest, socket: Socket) => Visit | undefined;

/** For so long after a refusal a connection is watched: whoever comes again when told to is seen. */
const WATCHED_MS = 5000;
/** A longer body is not waited for here. */
const BODY_BYTES = 65_536;
/**
 * So many requests of a connection may be under way. Node reads all that come in one piece, and their answers, however
 * large, wait for one another; who sends more at once has to send it again anyway (RFC 9112 section 9.3.2).
 */
const MOST_UNDER_WAY = 16;
/** Whoever leaves so much of the answers unread is left. */
const UNREAD_BYTES = 65_536;

const DOORWAY = Symbol('doorway');

/** What Node is to read of a chunk, with what can be read of it here. */
type Arrived = { bytes: Buffer; request?: PlainRequest | undefined };

/** The doorway of a connection, the same one every time. */
export function doorwayOf(socket: Socket & { [DOORWAY]?: Doorway }): Doorway {
  return (socket[DOORWAY] ??= new Doorway(socket));
}

/**
 * Where requests of a connection pass. While it is watched they are looked at before Node reads them, and refused there
 * and then when there is no room: most of what a refusal costs is to read the request as a whole, and that is what keeps
 * others waiting under overload.
 *
 * What is refused here must begin where a request begins by Node's own reading, or else a part of one could be taken for
 * another; and nothing else may be under way, as answers have an order.
 */
class Doorway {
  readonly #socket: Socket;
  #underWay = 0;
  #passed = 0;
  #last: IncomingMessage | undefined;
  #enter: Enter | undefined;
  #watchedUntil = 0;
  /** Bytes of a body that Node is about to read, and behind them the next request begins; undefined if not known. */
  #ahead: number | undefined;
  /** Bytes to come of the body of a request that was refused here. */
  #skipped = 0;
  #visit: Visit | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Node has read a request; returns what it was taken with before that, if it was. */
  pass(request: IncomingMessage): Visit | undefined {
    this.#passed += 1;
    this.#underWay += 1;
    this.#last = request;
    const visit = this.#visit;
    this.#visit = undefined;
    return visit;
  }

  /** Whether more requests of the connection are under way than are let in. */
  get isFull(): boolean {
    return this.#underWay > MOST_UNDER_WAY;
  }

  /** A request that passed is over. */
  leave(): void {
    this.#underWay -= 1;
  }

  /** Somebody who passed was refused: others will be. */
  watch(enter: Enter): void {
    this.#watchedUntil = performance.now() + WATCHED_MS;
    if (this.#enter) return;
    setImmediate(() => {
      // A connection that Node reads no more for the time being would not be read again: the next refusal tries anew.
      if (!this.#enter && !this.#socket.isPaused() && !this.#socket.destroyed) this.#install(enter);
    });
  }

  #install(enter: Enter): void {
    this.#enter = enter;
    const readers = this.#socket.listeners('data') as ((chunk: Buffer) => void)[];
    this.#socket.removeAllListeners('data');
    this.#socket.on('data', (chunk: Buffer) => {
      const rest = this.#arrive(chunk);
      if (!rest) return;
      const passed = this.#passed;
      for (const reader of readers) reader.call(this.#socket, rest.bytes);
      this.#visit?.leave();
      this.#visit = undefined;
      this.#ahead = this.#aheadAfter(rest, this.#passed - passed);
    });
  }

  #arrive(chunk: Buffer): Arrived | undefined {
    const skipped = Math.min(this.#skipped, chunk.length);
    this.#skipped -= skipped;
    if (skipped === chunk.length) return undefined;
    const bytes = chunk.subarray(skipped);
    if (performance.now() > this.#watchedUntil) {
      this.#ahead = undefined;
      return { bytes };
    }
    const request = this.#underWay === 0 && this.#last?.complete ? plainRequest(bytes) : undefined;
    if (request && this.#ahead === 0 && request.length <= BODY_BYTES) {
      this.#visit = this.#enter!(request, this.#socket);
      if (!this.#visit) return this.#refuse(request);
    }
    return { bytes, request };
  }

  #refuse(request: PlainRequest): undefined {
    this.#watchedUntil = performance.now() + WATCHED_MS;
    this.#skipped = request.length - request.inside;
    if (this.#socket.writableLength > UNREAD_BYTES) this.#socket.destroy();
    else this.#socket.write(refusalText(request));
  }

  /** Where both readings saw one request begin it is known where the next one will. */
  #aheadAfter({ bytes, request }: Arrived, passed: number): number | undefined {
    if (request) return passed === 1 ? request.length - request.inside : undefined;
    return this.#ahead !== undefined && this.#ahead >= bytes.length ? this.#ahead - bytes.length : undefined;
  }
}
