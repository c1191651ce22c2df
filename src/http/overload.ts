import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance, FastifyServerFactoryHandler } from 'fastify';
import fp from 'fastify-plugin';
import { answerExpectation } from './failures.ts';
import { doorwayOf, type Enter } from './overload-doorway.ts';
import { Kinds } from './overload-kinds.ts';
import { openLanes, type Take, type Visit } from './overload-lanes.ts';
import { KEEP_ALIVE_MS, refuse } from './overload-refusal.ts';
import { isReadWhole, openLinger, PATIENCE, type Patience, partWithSlow, Stays } from './slow-clients.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** How many requests of each kind were refused since the start, as there was no room for them. */
    refusals: ReadonlyMap<string, number>;
  }
}

/** A connection must have sent the head of its first request by then, as must a request once it has begun. */
const HEADERS_MS = 30_000;
const HEADERS_CHECK_MS = 5_000;
/** A peer that is gone without a word is found out by probes. */
const PROBE_AFTER_MS = 60_000;
/** From so many connections on those that wait for a next request are closed, and beyond the most none is taken. */
const MANY_CONNECTIONS = 5_000;
const MOST_CONNECTIONS = 10_000;
/** To look for idle connections takes time; it is done no more often. */
const CLOSE_IDLE_MS = 1000;
const LOOK_MS = 250;
/** No work goes on for so long after its client has gone. */
const LOST_MS = 300_000;
/** While requests are refused that is logged so often. */
const TELL_MS = 10_000;
const PLACE_BYTES = 65_536;
const MOST_PLACES = 64;
const CLIENT_LENGTH = 24;
const BEARER_LENGTH = 'Bearer '.length;

const VISIT = Symbol('visit');
type Visiting = IncomingMessage & { [VISIT]?: Visit };
type Heading = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** The way in: a server that takes or refuses each request before anything else is done, and the hooks that it needs. */
export type Entrance = {
  serverFactory(handle: FastifyServerFactoryHandler): Server;
  plugin: (app: FastifyInstance) => Promise<void>;
  /** Settles once every request that came by a connection is over, its answer sent to the last byte. */
  whenEmpty(): Promise<void>;
};

/** What is never refused takes no place. */
const UNCOUNTED: Visit = { begin() {}, stepAside() {}, leave() {} };

const now = () => performance.now();

/**
 * Makes the way in. Requests that come by no connection, as tests send them, are always taken.
 *
 * @param isVerified tells genuine access tokens from those that anybody can make up, one for each request
 */
export function openEntrance(
  isVerified: (jwt: string) => boolean,
  patience: Patience = PATIENCE,
  take: Take = openLanes(now),
): Entrance {
  const kinds = new Kinds();
  const linger = openLinger(patience);
  const stays = new Stays();
  const refusals = new Map<string, number>();
  let emptied: (() => void) | undefined;
  let log: FastifyBaseLogger | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;

  /** The end of a token tells clients apart, and is short to compare. */
  function clientOf({ headers }: Heading, socket: Socket): string {
    const { authorization = '' } = headers;
    if (isVerified(authorization.slice(BEARER_LENGTH))) return authorization.slice(-CLIENT_LENGTH);
    return socket.remoteAddress ?? '';
  }

  function enter(request: Heading, client: string, length: number): Visit | undefined {
    const kind = kinds.of(request);
    if (kind === undefined) return UNCOUNTED;
    const visit = take(kind, client, placesOf(request, length));
    if (!visit) count(kind);
    return visit;
  }

  function count(kind: string): void {
    const refused = (refusals.get(kind) ?? 0) + 1;
    refusals.set(kind, refused);
    if (now() - toldAt < TELL_MS) return;
    toldAt = now();
    log?.warn({ kind, refused }, 'overloaded: requests are refused');
  }

  function serve(handle: FastifyServerFactoryHandler, request: Visiting, response: ServerResponse): void {
    const doorway = doorwayOf(request.socket);
    const early = doorway.pass(request);
    if (doorway.isFull) {
      request.socket.destroy();
      return;
    }
    const client = clientOf(request, request.socket);
    const length = lengthOf(request);
    const visit = early ?? enter(request, client, length);
    if (!visit) {
      refuse(request, response);
      response.once('close', leaveRefused);
      return;
    }
    request[VISIT] = visit;
    const readBefore = length > PLACE_BYTES ? request.socket.bytesRead : 0;
    const since = now();
    const stay = stays.add({ request, response, client, visit, length, since, readBefore });
    response.once('close', () => {
      doorway.leave();
      visit.stepAside();
      // What is being done is done to its end, and then leaves; should nothing be said of it, it leaves all the same.
      if (!response.writableFinished) setTimeout(() => visit.leave(), LOST_MS).unref();
      stays.delete(stay);
      linger(request);
      if (stays.size === 0) emptied?.();
    });
    handle(request, response);
  }

  const enterEarly: Enter = (request, socket) => enter(request, clientOf(request, socket), request.length);

  function leaveRefused(this: ServerResponse): void {
    linger(this.req);
    const doorway = doorwayOf(this.req.socket);
    doorway.leave();
    doorway.watch(enterEarly);
  }

  return {
    serverFactory(handle) {
      const server = createServer({
        headersTimeout: HEADERS_MS,
        connectionsCheckingInterval: HEADERS_CHECK_MS,
        // Uploads take as long as they take.
        requestTimeout: 0,
        keepAliveTimeout: KEEP_ALIVE_MS,
        keepAlive: true,
        keepAliveInitialDelay: PROBE_AFTER_MS,
      });
      server.on('request', (request, response) => serve(handle, request, response));
      // Whoever asks before sending a body is answered before sending it.
      server.on('checkContinue', (request, response) => {
        serve(
          (taken, answer) => {
            answer.writeContinue();
            handle(taken, answer);
          },
          request,
          response,
        );
      });
      server.on('checkExpectation', answerExpectation);
      limitConnections(server);
      server.once('listening', () => {
        const look = setInterval(() => partWithSlow(stays, now(), patience), LOOK_MS).unref();
        server.once('close', () => clearInterval(look));
      });
      return server;
    },

    plugin: fp(async (app: FastifyInstance) => {
      log = app.log;
      app.decorate('refusals', { getter: () => refusals });
      app.addHook('onRoute', ({ url }) => kinds.know(url));
      app.addHook('preValidation', (request, _reply, done) => {
        (request.raw as Visiting)[VISIT]?.begin();
        done();
      });
      app.addHook('onSend', (request, _reply, _payload, done) => {
        (request.raw as Visiting)[VISIT]?.leave();
        done();
      });
    }),

    whenEmpty() {
      return new Promise((resolve) => {
        if (stays.size === 0) resolve();
        else emptied = resolve;
      });
    },
  };
}

/** Bytes of the body, as they are announced. */
function lengthOf({ headers }: Heading): number {
  if (headers['transfer-encoding'] !== undefined) return Number.POSITIVE_INFINITY;
  return Number(headers['content-length'] ?? 0);
}

/** A large body takes a place for each so many bytes: what it asks for will take time and memory, too. */
function placesOf(request: Heading, length: number): number {
  if (length <= PLACE_BYTES || length === Number.POSITIVE_INFINITY || !isReadWhole(request)) return 1;
  return Math.min(MOST_PLACES, Math.ceil(length / PLACE_BYTES));
}

/** Keeps idle connections from taking the place of those that ask. */
function limitConnections(server: Server): void {
  let open = 0;
  let closedAt = Number.NEGATIVE_INFINITY;
  server.maxConnections = MOST_CONNECTIONS;
  server.on('connection', (socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
    });
    if (open <= MANY_CONNECTIONS || now() - closedAt < CLOSE_IDLE_MS) return;
    closedAt = now();
    server.closeIdleConnections();
  });
}
