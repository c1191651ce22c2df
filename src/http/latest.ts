const SECOND_MS = 1000;

/**
 * Makes what `make` makes at most so many times a second; whoever asks more often gets what was made last. For answers
 * that anybody may ask for, that must be of this moment, and that take time.
 *
 * @param now tells milliseconds
 */
export function latest<T>(make: () => Promise<T>, most: number, now: () => number): () => Promise<T> {
  let last: Promise<T> | undefined;
  let since = Number.NEGATIVE_INFINITY;
  let made = 0;
  return () => {
    if (now() - since >= SECOND_MS) {
      since = now();
      made = 0;
    }
    if (last && made >= most) return last;
    made += 1;
    last = make();
    return last;
  };
}
