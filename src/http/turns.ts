import { pauses } from '#src/facts/index.ts';

export { pauses };

/** Runs a long computation to its end; others have their turn in between. */
export async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  const pause = pauses();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}
