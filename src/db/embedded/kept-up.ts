import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './place.ts';
import type { Programs } from './programs.ts';
import { begin, type Server } from './server.ts';

const AGAIN_MS = 1_000;

/**
 * Starts the cluster's server on a free port of this machine; resolves when it takes connections. One that ends before
 * it is stopped is started again, on the same port.
 */
export async function runServer(
  programs: Programs,
  place: Place,
  log: string,
  durable: boolean,
  tell: (news: string) => void,
): Promise<Server> {
  let running = await begin(programs, place, log, durable);
  const { port } = running;
  const stopping = new AbortController();
  const { signal } = stopping;

  async function keepUp(): Promise<void> {
    for (let failed = false; ; ) {
      await running.ended;
      // Whoever ends all processes at once ends this one in a moment, too.
      await sleep(AGAIN_MS, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      try {
        running = await begin(programs, place, log, durable, port);
        tell('the embedded database ended by itself, and was started again');
        failed = false;
        if (signal.aborted) await running.stop();
      } catch (error) {
        if (!failed) tell((error as Error).message);
        failed = true;
      }
    }
  }

  const kept = keepUp();
  const watch = setInterval(() => running.hasten(), AGAIN_MS).unref();
  return {
    port,
    async stop() {
      stopping.abort();
      clearInterval(watch);
      await running.stop();
      await kept;
    },
  };
}
