/**
 * Lets at most so many pieces of work run at a time; the others wait in the order they came. One that weighs more than
 * others counts as so many, and the heaviest runs alone.
 */
export function turns(atOnce: number): <T>(work: () => Promise<T>, weight?: number) => Promise<T> {
  let free = atOnce;
  const waiting: { weight: number; resume: () => void }[] = [];
  const admit = () => {
    while (waiting.length > 0 && waiting[0]!.weight <= free) {
      const next = waiting.shift()!;
      free -= next.weight;
      next.resume();
    }
  };
  return async (work, weight = 1) => {
    const own = Math.min(weight, atOnce);
    await new Promise<void>((resume) => {
      waiting.push({ weight: own, resume });
      admit();
    });
    try {
      return await work();
    } finally {
      free += own;
      admit();
    }
  };
}
