type Close = () => Promise<void>;

const open = new Set<Close>();

/**
 * Remembers what has to be ended, whatever happens: returns how to end it, which may be called again and then waits
 * for the same end. What nobody ended is ended by {@link endEverything}.
 */
export function mustEnd(close: () => Promise<void> | void): Close {
  let ended: Promise<void> | undefined;
  const end = () => (ended ??= (async () => close())().finally(() => open.delete(end)));
  open.add(end);
  return end;
}

/** Ends all that is still open, the newest first. */
export async function endEverything(): Promise<void> {
  for (const end of [...open].reverse()) await end().catch(() => {});
}

/** Ends everything when the bench is told to stop by a signal, and then ends the bench. */
export function endOnSignals(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    // Not `once`: the embedded database leaves its end to whoever still listens.
    process.on(signal, () => void endEverything().finally(() => process.exit(code)));
  }
}
