import { setImmediate as breath } from 'node:timers/promises';

/** How long one question may keep everybody else waiting. */
const SLICE_MS = 10;

/** Runs a long computation to its end; others have their turn every ten milliseconds. */
export async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  let sliceEnd = performance.now() + SLICE_MS;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < sliceEnd) continue;
    await breath();
    sliceEnd = performance.now() + SLICE_MS;
  }
}
