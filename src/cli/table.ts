/** A column: its heading, and how wide its text may be before it goes on in the next line. */
export type Column = { heading: string; width: number };

const GAP = '  ';

/** A table of text for people: cells of several lines, none wider than its column unless a word is. */
export function tableText(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const headings = columns.map(({ heading }) => [heading]);
  const cells = rows.map((row) =>
    row.map((text, index) => text.split('\n').flatMap((line) => wrapped(line, columns[index]!.width))),
  );
  const widths = columns.map((_, index) =>
    Math.max(...[headings, ...cells].flatMap((row) => row[index]!.map(({ length }) => length))),
  );
  const rule = widths.map((width) => ['─'.repeat(width)]);
  return [headings, rule, ...cells].map((row) => rowText(row, widths)).join('');
}

function rowText(cells: readonly (readonly string[])[], widths: readonly number[]): string {
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => {
    const texts = cells.map((cell, index) => (cell[line] ?? '').padEnd(widths[index]!));
    return `${texts.join(GAP).trimEnd()}\n`;
  }).join('');
}

/** Lines no longer than the width, broken between words and never inside an amount. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.replaceAll(/Rp (?=\d)/g, 'Rp\u00a0').split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
