import type { Language } from '#src/domain/language.ts';
import { type Block, type Cell, cellLines, isNumeric, type Letter, type Table } from './letter.ts';

/** The look of what is printed, for the screen and for A4 paper; a sum stands once, not under each page of its table. */
export const PAGE_STYLE = `
@page { size: A4; margin: 18mm 15mm; }
body { font: 10.5pt/1.45 system-ui, sans-serif; color: #111; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5em; overflow-wrap: anywhere; } h2 { font-size: 1.2em; margin-top: 2em; border-bottom: 1px solid #888; } h3 { font-size: 1.05em; }
h1, h2, h3, caption { break-after: avoid; line-height: 1.25; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; }
caption { text-align: left; font-weight: 600; padding: .3em 0; }
th, td { border: 1px solid #bbb; padding: .25em .5em; text-align: left; vertical-align: top; overflow-wrap: break-word; }
thead th { background: #eee; } tbody th { font-weight: 400; } tfoot th, tfoot td { font-weight: 600; border-top: 2px solid #444; }
tr { break-inside: avoid; }
tfoot { display: table-row-group; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.source { display: block; font-size: .85em; }
code { font: inherit; white-space: nowrap; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
`;

/** The letter as one page that needs nothing else, for the screen and for A4 paper. */
export function letterHtml({ language, title, blocks }: Letter): string {
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escapeHtml(title)}</h1>`,
    ...blocks.map((block) => blockHtml(block, language)),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function blockHtml(block: Block, language: Language): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escapeHtml(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return tableHtml(block, language);
  }
}

function tableHtml(table: Table, language: Language): string {
  const { caption, columns, rows, total } = table;
  const classes = columns.map((_, column) => (isNumeric(table, column) ? ' class="number"' : ''));
  const headings = columns.map(
    (text, column) => `<th scope="col"${classes[column]}>${escapeHtml(text)}</th>`,
  );
  const rowHtml = (row: readonly Cell[]) => {
    const [first, ...others] = row.map((cell) => cellHtml(cell, language));
    const cells = others.map((html, index) => `<td${classes[index + 1]}>${html}</td>`);
    return `<tr><th scope="row"${classes[0]}>${first}</th>${cells.join('')}</tr>`;
  };
  return [
    '<table>',
    `<caption>${escapeHtml(caption)}</caption>`,
    `<thead><tr>${headings.join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(rowHtml),
    '</tbody>',
    ...(total ? [`<tfoot>${rowHtml(total)}</tfoot>`] : []),
    '</table>',
  ].join('\n');
}

function cellHtml(cell: Cell, language: Language): string {
  const lines = cellLines(cell, language).map(escapeHtml);
  if (!('sources' in cell)) return lines.join('');
  // An id ends the line, and is copied in one piece.
  return lines
    .map((line) => `<span class="source">${line.replace(/\S+$/, '<code>$&</code>')}</span>`)
    .join(' ');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in HTML, between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
