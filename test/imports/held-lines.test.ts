import { afterAll, beforeAll, expect, test } from 'vitest';
import { FRAME_BYTES, LARGEST_BUNDLE } from '#src/imports/bundle.ts';
import { HeldLines } from '#src/imports/held-lines.ts';
import { HeldMemory } from '#src/imports/line-log.ts';
import { RunTable } from '#src/imports/run-table.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

const IMPORT = '01a1fc9d-36a0-7000-8000-000000000001';
const LINE_BYTES = 100;

function add(held: HeldLines, npp: string, line: number, bytes = LINE_BYTES): void {
  const at = held.add(npp, '2026-10', line, bytes);
  held.block.fill(line % 251, at, at + bytes);
}

async function summaryOf(held: HeldLines) {
  const found: object[] = [];
  for await (const { bundles, close } of held.chunks(1_000)) {
    for (const { key, count, unread, oversized, lines } of bundles) {
      const numbers: number[] = [];
      for (let at = 0; at < lines.length && numbers.length < 5; ) {
        const size = lines.readUInt32BE(at + 4);
        expect(lines[at + FRAME_BYTES]).toBe(lines.readUInt32BE(at) % 251);
        numbers.push(lines.readUInt32BE(at));
        at += FRAME_BYTES + size;
      }
      found.push({ npp: key.npp, count, unread, oversized, first: numbers });
    }
    close();
  }
  held.close();
  return found;
}

test.each([['in memory'], ['in the database']])('bundles come back in order, %s', async (where) => {
  const inMemory = where === 'in memory';
  const table = new RunTable(service.deps, IMPORT);
  const held = new HeldLines(table, new HeldMemory(), inMemory ? undefined : 7);
  for (let line = 1; line <= 20; line += 1) {
    add(held, line % 2 ? 'ODD1' : 'EVEN', line);
    if (line % 10 === 0) held.addUnread({ npp: 'EVEN', period: '2026-10' });
    await held.settle();
  }
  expect(await summaryOf(held)).toEqual([
    { npp: 'EVEN', count: 10, unread: 2, oversized: undefined, first: [2, 4, 6, 8, 10] },
    { npp: 'ODD1', count: 10, unread: 0, oversized: undefined, first: [1, 3, 5, 7, 9] },
  ]);
});

test.each([['in memory'], ['in the database, in one run'], ['in the database, over runs']])(
  'of a bundle that is too large its first line is there, and the others are counted, %s',
  async (where) => {
    const lines = Math.ceil(LARGEST_BUNDLE / (60_000 + FRAME_BYTES)) + 1;
    const spillEvery = { 'in memory': undefined, 'in the database, in one run': lines }[where] ?? 100;
    const table = new RunTable(service.deps, IMPORT.replace(/1$/, String(where.length % 10)));
    const held = new HeldLines(table, new HeldMemory(), where === 'in memory' ? undefined : spillEvery);
    add(held, 'AAAA', 1);
    for (let line = 2; line <= lines + 1; line += 1) {
      add(held, 'HUGE', line, 60_000);
      await held.settle();
    }
    held.addUnread({ npp: 'HUGE', period: '2026-10' });
    expect(await summaryOf(held)).toEqual([
      { npp: 'AAAA', count: 1, unread: 0, oversized: undefined, first: [1] },
      { npp: 'HUGE', count: 1, unread: lines, oversized: true, first: [2] },
    ]);
  },
);

test('memory is shared by the imports of a process, and each keeps a little of its own', async () => {
  const memory = new HeldMemory();
  const [large, small] = [0, 1].map((index) => {
    const table = new RunTable(service.deps, `${IMPORT.slice(0, -2)}a${index}`);
    return new HeldLines(table, memory);
  }) as [HeldLines, HeldLines];
  for (let line = 1; line <= 1_130; line += 1) add(large, `L${1_000 + line}`, line, 60_000);
  add(small, 'SMALL', 1);
  await small.settle();
  expect(memory.held).toBeGreaterThan(56 * 1_048_576);
  await large.settle();
  expect(memory.held).toBeLessThan(1_000);
  large.close();
  small.close();
  expect(memory.held).toBe(0);
});

test('a file that did not fit into memory takes half of it from then on', async () => {
  const memory = new HeldMemory();
  const held = new HeldLines(new RunTable(service.deps, `${IMPORT.slice(0, -2)}b0`), memory);
  const addMany = async (lines: number) => {
    for (let line = 1; line <= lines; line += 1) add(held, `L${1_000 + line}`, line, 60_000);
    await held.settle();
    return memory.held;
  };
  expect(await addMany(600)).toBeGreaterThan(600 * 60_000);
  expect(await addMany(400)).toBe(0);
  expect(await addMany(400)).toBeGreaterThan(400 * 60_000);
  expect(await addMany(200)).toBe(0);
  // What others hold counts to the whole, not to this half.
  const other = new HeldLines(new RunTable(service.deps, `${IMPORT.slice(0, -2)}b1`), memory);
  for (let line = 1; line <= 500; line += 1) add(other, `M${line}`, line, 60_000);
  expect(await addMany(300)).toBeGreaterThan(800 * 60_000);
  held.close();
  other.close();
});
