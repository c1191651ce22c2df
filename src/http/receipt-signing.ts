import { type KeyObject, sign } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Ed25519 signatures over texts, in their order. */
export type Signer = (texts: readonly string[]) => Promise<Buffer[]>;

export const SIGNATURE_BYTES = 64;

/** So few are signed here, in a millisecond or two: to wake another thread, and to be woken, costs more than it saves. */
const FEW = 64;
/** So many are worth a further thread. */
const MANY = 64;
const MOST_THREADS = 4;

type Thread = {
  worker: Worker;
  /** Settles what was asked, in the order of asking. */
  asked: { resolve(signatures: Buffer): void; reject(error: Error): void }[];
};

/**
 * Signs many texts beside the event loop. The threads start when they are first needed, and never keep the process
 * alive.
 */
export function openSigner(key: KeyObject): Signer {
  const threads: Thread[] = [];
  const most = Math.min(MOST_THREADS, availableParallelism());

  function start(): Thread {
    const worker = new Worker(new URL('./receipt-signing-thread.ts', import.meta.url), { workerData: key });
    worker.unref();
    const thread: Thread = { worker, asked: [] };
    worker.on('message', (signatures: Uint8Array) => {
      thread.asked.shift()!.resolve(Buffer.from(signatures.buffer, signatures.byteOffset, signatures.length));
    });
    worker.on('error', (error: Error) => {
      threads.splice(threads.indexOf(thread), 1);
      for (const { reject } of thread.asked.splice(0)) reject(error);
    });
    threads.push(thread);
    return thread;
  }

  function ask(texts: readonly string[], place: number): Promise<Buffer> {
    const { worker, asked } = threads[place] ?? start();
    return new Promise((resolve, reject) => {
      asked.push({ resolve, reject });
      worker.postMessage(texts);
    });
  }

  return async (texts) => {
    if (texts.length <= FEW) return texts.map((text) => sign(null, Buffer.from(text), key));
    const parts = Math.min(most, Math.ceil(texts.length / MANY));
    const each = Math.ceil(texts.length / parts);
    const asked = Array.from({ length: parts }, (_, place) =>
      ask(texts.slice(place * each, (place + 1) * each), place),
    );
    return (await Promise.all(asked)).flatMap(cut);
  };
}

function cut(signatures: Buffer): Buffer[] {
  return Array.from({ length: signatures.length / SIGNATURE_BYTES }, (_, index) =>
    signatures.subarray(index * SIGNATURE_BYTES, (index + 1) * SIGNATURE_BYTES),
  );
}
