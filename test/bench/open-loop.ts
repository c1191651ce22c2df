import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * An open-loop load generator, in a process of its own: requests are due at their rate, whether or not earlier ones
 * have been answered, and each latency counts from when the request was due. Reads its order from stdin, and writes
 * what it measured to stdout, both as JSON.
 */
export type Order = {
  address: string;
  token: string;
  path: string;
  bodies: string[];
  connections: number;
  phases: { name: string; perSecond?: number; atOnce?: number; seconds: number }[];
};

/** Of answers with one status: how many, and their latencies in milliseconds. */
export type Answers = { count: number; p50: number; p99: number; most: number };
export type Phase = {
  name: string;
  /** Requests sent per second. */
  offered: number;
  taken: Answers;
  refused: Answers;
  /** Neither 200 nor a 503 with Retry-After, or no answer at all. */
  failed: number;
  /** By tenth of a second: how many were refused, and the slowest answer in milliseconds. */
  tenths: { refused: number; slowest: number }[];
};

const BUCKETS_PER_MS = 10;
const LONGEST_MS = 60_000;
const READING = Buffer.alloc(65_536);

class Latencies {
  readonly #buckets = new Uint32Array(LONGEST_MS * BUCKETS_PER_MS);
  #count = 0;
  #most = 0;

  add(ms: number): void {
    this.#count += 1;
    this.#most = Math.max(this.#most, ms);
    const bucket = Math.min(this.#buckets.length - 1, Math.floor(ms * BUCKETS_PER_MS));
    this.#buckets[bucket]! += 1;
  }

  answers(): Answers {
    return { count: this.#count, p50: this.#at(0.5), p99: this.#at(0.99), most: this.#most };
  }

  #at(share: number): number {
    if (this.#count === 0) return 0;
    let left = this.#count * share;
    const bucket = this.#buckets.findIndex((count) => (left -= count) <= 0);
    return (bucket + 1) / BUCKETS_PER_MS;
  }
}

type Connection = { socket: Socket; due: number; left: number; status: number; head: string };

const order = JSON.parse(await text(process.stdin)) as Order;
const { hostname, port } = new URL(order.address);
const requests = order.bodies.map((body) =>
  Buffer.from(
    `POST ${order.path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${order.token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  ),
);
const idle: Connection[] = [];
let sent = 0;
let answered: (connection: Connection) => void = () => {};
let broken: () => void = () => {};

for (let index = 0; index < order.connections; index += 1) await open();
const measured: Phase[] = [];
for (const phase of order.phases) measured.push(await run(phase));
process.stdout.write(JSON.stringify(measured), () => process.exit());

function open(): Promise<void> {
  return new Promise((resolve) => {
    // One buffer for all: what is read is looked at once and forgotten.
    const onread = {
      buffer: READING,
      callback(bytes: number) {
        read(connection, READING.subarray(0, bytes));
        return true;
      },
    };
    const socket = connect({ port: Number(port), host: hostname, noDelay: true, onread }, () => {
      idle.push(connection);
      resolve();
    });
    const connection: Connection = { socket, due: 0, left: 0, status: 0, head: '' };
    socket.on('error', () => {});
    socket.on('close', () => {
      broken();
      void open();
    });
  });
}

/** Reads no more of an answer than its status and where it ends. */
function read(connection: Connection, chunk: Buffer): void {
  if (connection.status === 0) {
    const text = connection.head + chunk.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    connection.head = end < 0 ? text : '';
    if (end < 0) return;
    const head = text.slice(0, end);
    const status = Number(head.slice(9, 12));
    connection.status = status === 503 && !/\r\nretry-after: /i.test(head) ? -1 : status;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
    connection.left = end + 4 + length - text.length;
  } else connection.left -= chunk.length;
  if (connection.left > 0) return;
  answered(connection);
  connection.status = 0;
  idle.push(connection);
}

function run({
  name,
  perSecond,
  atOnce = order.connections,
  seconds,
}: Order['phases'][number]): Promise<Phase> {
  const taken = new Latencies();
  const refused = new Latencies();
  const tenths = Array.from({ length: seconds * 10 }, () => ({ refused: 0, slowest: 0 }));
  const started = performance.now();
  let issued = 0;
  let open = 0;
  let failed = 0;
  const dueAt = (index: number, now: number) => (perSecond ? started + (index * 1000) / perSecond : now);
  const pump = () => {
    const now = performance.now();
    while (open < atOnce && idle.length > 0 && now < started + seconds * 1000) {
      const due = dueAt(issued, now);
      if (due > now) return;
      const connection = idle.pop()!;
      connection.due = due;
      connection.socket.write(requests[sent++ % requests.length]!);
      issued += 1;
      open += 1;
    }
  };
  broken = () => {
    failed += 1;
    open -= 1;
  };
  answered = ({ status, due }) => {
    const ms = performance.now() - due;
    const tenth = tenths[Math.min(tenths.length - 1, Math.floor((due - started) / 100))];
    if (tenth) tenth.slowest = Math.max(tenth.slowest, ms);
    open -= 1;
    if (status === 200) taken.add(ms);
    else if (status === 503) refused.add(ms);
    else failed += 1;
    if (status === 503 && tenth) tenth.refused += 1;
    if (!perSecond) setImmediate(pump);
  };
  return new Promise((resolve) => {
    const ticks = setInterval(() => {
      pump();
      const over = performance.now() - started - seconds * 1000;
      if (over < 0 || (open > 0 && over < 10_000)) return;
      clearInterval(ticks);
      resolve({
        name,
        offered: issued / seconds,
        taken: taken.answers(),
        refused: refused.answers(),
        failed: failed + open,
        tenths,
      });
    }, 1);
  });
}
