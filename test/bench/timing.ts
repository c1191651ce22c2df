/** The seconds that some work takes. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 1 / 2);
}

/** What a quarter of the numbers does not reach: steadier than the middle where others use the machine. */
export function lowerQuartile(numbers: readonly number[]): number {
  return quantile(numbers, 1 / 4);
}

function quantile(numbers: readonly number[], part: number): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * part)]!;
}
