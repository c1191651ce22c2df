import type { Line } from '#src/imports/lines.ts';

/** The bytes in pieces that end at the given places. */
export async function* pieces(bytes: Buffer, ...ends: number[]): AsyncGenerator<Buffer> {
  const places = [...ends.map((end) => end % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const end of places) {
    yield bytes.subarray(from, end);
    from = end;
  }
}

export async function all(batches: AsyncIterable<Line[]>): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const batch of batches) lines.push(...batch);
  return lines;
}

/** Lines as compact pairs: the number, then the cells or the first code of the rejection. */
export function brief(lines: Line[]): unknown[] {
  return lines.map(({ line, cells, rejections }) => [line, rejections?.[0]?.code ?? cells]);
}
