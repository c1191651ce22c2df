import type { Language } from '#src/domain/language.ts';
import { type Block, type Cell, cellLines, isNumeric, type Letter, type Table } from './letter.ts';

/** Characters in a line. */
const WIDTH = 100;
const GAP = '  ';
/** Ids and the names of parameters stay whole, whatever is longer is broken. */
const LONGEST_WORD = 48;
/** Holds together what must not be broken, until all lines are. */
const UNBROKEN = '\u00a0';

/** The letter in lines of plain text, for paper and e-mail. A table whose numbers need more room gets it. */
export function letterText({ language, title, blocks }: Letter): string {
  const parts = [underlined(title, '='), ...blocks.map((block) => blockText(block, language))];
  return `${parts.join('\n\n')}\n`.replaceAll(UNBROKEN, ' ');
}

function blockText(block: Block, language: Language): string {
  switch (block.kind) {
    case 'heading':
      return underlined(block.text, block.level === 2 ? '-' : '.');
    case 'paragraph':
      return wrap(block.text, WIDTH).join('\n');
    case 'list':
      return block.items.map((item) => `- ${wrap(item, WIDTH - 2).join('\n  ')}`).join('\n');
    case 'table':
      return tableText(block, language);
  }
}

function underlined(text: string, line: string): string {
  const lines = wrap(text, WIDTH);
  return [...lines, line.repeat(Math.max(...lines.map(({ length }) => length)))].join('\n');
}

function tableText(table: Table, language: Language): string {
  const headings = table.columns.map((text) => [text]);
  const linesOf = (row: readonly Cell[]) => row.map((cell) => unbroken(cell, language));
  const rows = table.rows.map(linesOf);
  const totals = table.total ? [linesOf(table.total)] : [];
  const widths = fit([headings, ...rows, ...totals]);
  const numeric = table.columns.map((_, column) => isNumeric(table, column));
  const print = (row: string[][]) => rowText(row, widths, numeric);
  const rule = widths.map((width) => '-'.repeat(width)).join(GAP);
  return [
    ...wrap(table.caption, WIDTH),
    '',
    ...print(headings),
    rule,
    ...rows.flatMap(print),
    ...totals.flatMap((row) => [rule, ...print(row)]),
  ].join('\n');
}

function unbroken(cell: Cell, language: Language): string[] {
  const lines = cellLines(cell, language);
  return 'amount' in cell || 'rate' in cell ? lines.map((line) => line.replaceAll(' ', UNBROKEN)) : lines;
}

/** Widths of columns: what their cells need, less where they can be broken and the line is too short. */
function fit(rows: readonly string[][][]): number[] {
  const columns = rows[0]!.map((_, column) => rows.flatMap((row) => row[column]!));
  const widths = columns.map((lines) => Math.max(...lines.map(({ length }) => length), 0));
  const narrowest = columns.map((lines) => {
    const words = lines.flatMap((line) => line.split(' '));
    return Math.max(...words.map(({ length }) => Math.min(length, LONGEST_WORD)), 0);
  });
  let excess = widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1)) - WIDTH;
  for (; excess > 0; excess -= 1) {
    const flexible = widths.filter((width, column) => width > narrowest[column]!);
    if (flexible.length === 0) break;
    const widest = Math.max(...flexible);
    const column = widths.findIndex((width, index) => width === widest && width > narrowest[index]!);
    widths[column] = widest - 1;
  }
  return widths;
}

function rowText(row: readonly string[][], widths: readonly number[], numeric: readonly boolean[]): string[] {
  const cells = row.map((lines, column) => lines.flatMap((line) => wrap(line, widths[column]!)));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, index) =>
    cells
      .map((lines, column) => {
        const line = lines[index] ?? '';
        return numeric[column] ? line.padStart(widths[column]!) : line.padEnd(widths[column]!);
      })
      .join(GAP)
      .trimEnd(),
  );
}

/** Breaks text between words, and a word that is longer than a line wherever the line ends. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    for (; word.length > width; word = word.slice(width)) lines.push(word.slice(0, width));
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
