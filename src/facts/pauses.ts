import { setImmediate as breath } from 'node:timers/promises';

/** How long one piece of work may keep everybody else waiting. */
const SLICE_MS = 10;

/** Makes a pause to be awaited between steps of a long work: every ten milliseconds others have their turn. */
export function pauses(): () => Promise<void> | undefined {
  let sliceEnd = performance.now() + SLICE_MS;
  return () => {
    if (performance.now() < sliceEnd) return undefined;
    return breath().then(() => {
      sliceEnd = performance.now() + SLICE_MS;
    });
  };
}
