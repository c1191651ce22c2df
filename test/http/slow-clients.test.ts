import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLinger, PATIENCE } from '#src/http/slow-clients.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A connection that counts how often it is closed. */
function connection() {
  const closed = vi.fn<() => void>();
  return { socket: { destroy: closed } as unknown as Socket, closed };
}

const request = (socket: Socket, complete: boolean) => ({ socket, complete }) as IncomingMessage;

test('a body that goes on after its answer has so much time, and no more', () => {
  const linger = openLinger({ ...PATIENCE, lingerMs: 1000 });
  const [slow, quick] = [connection(), connection()];
  linger(request(slow.socket, false));
  const ending = request(quick.socket, false);
  linger(ending);
  ending.complete = true;
  vi.advanceTimersByTime(999);
  expect(slow.closed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(slow.closed).toHaveBeenCalledOnce();
  expect(quick.closed).not.toHaveBeenCalled();
});

test('however many requests a connection brings, one is remembered', () => {
  const linger = openLinger(PATIENCE);
  const { socket } = connection();
  for (let index = 0; index < 100; index += 1) linger(request(socket, false));
  linger(request(socket, true));
  expect(vi.getTimerCount()).toBe(1);
});
