import type { Row } from './row.ts';

const COLUMNS = ['work', 'floor', 'floor value', 'value', 'ratio', 'goal', 'met', 'notes'] as const;

/** The rows as one table of text, with what each has to reach and whether it does. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [COLUMNS.map(String), ...rows.map(cellsOf)];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const drawn = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  drawn.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return drawn.join('\n');
}

/** Whether a row reaches its goal; undefined where it has none. */
export function isMet({ ratio, goal }: Row): boolean | undefined {
  if (goal === undefined) return undefined;
  return 'atMost' in goal ? ratio <= goal.atMost : ratio >= goal.atLeast;
}

function cellsOf(row: Row): string[] {
  const { work, floor, floorValue, value, unit, ratio, goal, notes } = row;
  const met = isMet(row);
  return [
    work,
    floor,
    `${figure(floorValue)} ${unit}`,
    `${figure(value)} ${unit}`,
    Number.isFinite(ratio) ? ratio.toFixed(2) : '–',
    goal === undefined ? '' : 'atMost' in goal ? `≤ ${figure(goal.atMost)}` : `≥ ${figure(goal.atLeast)}`,
    met === undefined ? '' : met ? 'yes' : 'NO',
    notes ?? '',
  ];
}

/** Three digits that count, and no exponent; a dash for what could not be measured. */
function figure(number: number): string {
  if (!Number.isFinite(number)) return '–';
  return Math.abs(number) >= 100 ? String(Math.round(number)) : String(Number(number.toPrecision(3)));
}
