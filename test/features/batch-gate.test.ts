import { setImmediate as breath } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { BatchGate } from '#src/features/checks/batch-gate.ts';

const here = () => false;

/** A gate with batches of these clients inside, each of which goes on until `end` is called. */
async function opened(clients: readonly string[]) {
  const gate = new BatchGate();
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const batches = clients.map((client) =>
    gate.pass(client, here, () => {
      begun.push(client);
      return new Promise<void>((end) => ends.push(end));
    }),
  );
  await breath();
  return { gate, begun, ends, batches };
}

test('two batches are worked on at a time, the others in the order they came', async () => {
  const { begun, ends, batches } = await opened(['a', 'b', 'c', 'd']);
  expect(begun).toEqual(['a', 'b']);
  ends[1]!();
  await batches[1];
  await breath();
  expect(begun).toEqual(['a', 'b', 'c']);
});

test('who finds no room is told so at once: one client after eight, all after eighteen', async () => {
  const { gate, ends, batches } = await opened(Array.from({ length: 8 }, () => 'a'));
  expect(() => gate.refuseIfFull('a')).toThrow();
  await expect(gate.pass('a', here, async () => 1)).rejects.toMatchObject({ code: 'unavailable' });
  expect(() => gate.refuseIfFull('b')).not.toThrow();
  const others = Array.from({ length: 10 }, (_, index) =>
    gate.pass(`client ${index}`, here, async () => index),
  );
  expect(() => gate.refuseIfFull('b')).toThrow();
  for (const end of ends) end();
  await Promise.all(batches.slice(0, 2));
  for (let left = 2; left < 8; left += 1) {
    await breath();
    for (const end of ends) end();
  }
  await Promise.all(batches);
  expect(await Promise.all(others)).toEqual(Array.from({ length: 10 }, (_, index) => index));
  expect(() => gate.refuseIfFull('a')).not.toThrow();
});

test('a batch that nobody waits for any more is not worked on, and the next one is', async () => {
  const { gate, ends, batches } = await opened(['a', 'b']);
  let isGone = false;
  const left = gate.pass(
    'c',
    () => isGone,
    async () => 'left',
  );
  const next = gate.pass('d', here, async () => 'next');
  isGone = true;
  for (const end of ends) end();
  await Promise.all(batches);
  await expect(left).rejects.toMatchObject({ code: 'unavailable' });
  expect(await next).toBe('next');
});
