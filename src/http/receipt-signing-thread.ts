import { type KeyObject, sign } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { SIGNATURE_BYTES } from './receipt-signing.ts';

const key = workerData as KeyObject;

/** Answers each list of texts with their signatures, one after another. */
parentPort!.on('message', (texts: readonly string[]) => {
  const signatures = new Uint8Array(texts.length * SIGNATURE_BYTES);
  for (const [index, text] of texts.entries()) {
    signatures.set(sign(null, Buffer.from(text), key), index * SIGNATURE_BYTES);
  }
  parentPort!.postMessage(signatures, [signatures.buffer]);
});
