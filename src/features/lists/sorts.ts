import { decodeCursor } from '#src/http/cursor.ts';
import { Problem } from '#src/http/problem.ts';
import type { NonCompliantRow } from './non-compliant.ts';

export const SORT_NAMES = ['-arrears', '-months', 'name'] as const;
type SortName = (typeof SORT_NAMES)[number];

/** An order of the list, as its keyset. */
type Sort = {
  order: string;
  key: (row: NonCompliantRow) => (string | number)[];
  /** SQL text: the rows after a cursor of this order; throws 422 for one of another order. */
  after: (cursor: string, bind: (value: unknown) => string) => string;
};

function sortOf(name: SortName, column: 'total' | 'months' | 'legal_name', direction: 'desc' | 'asc'): Sort {
  const [kind, type] =
    column === 'legal_name' ? (['text', 'text'] as const) : (['integer', 'bigint'] as const);
  return {
    order: `s.${column} ${direction}, s.employer_id ${direction}`,
    // Both orders by amount have numbers in the same place: the name keeps their cursors apart.
    key: (row) => [name, row[column], row.employer_id],
    after(cursor, bind) {
      const [sort, value, employerId] = decodeCursor(cursor, ['text', kind, 'uuid']);
      if (sort !== name) throw otherOrder();
      const sign = direction === 'desc' ? '<' : '>';
      return `(s.${column}, s.employer_id) ${sign} (${bind(value)}::${type}, ${bind(employerId)}::uuid)`;
    },
  };
}

export const SORTS: Record<SortName, Sort> = {
  '-arrears': sortOf('-arrears', 'total', 'desc'),
  '-months': sortOf('-months', 'months', 'desc'),
  name: sortOf('name', 'legal_name', 'asc'),
};

function otherOrder(): Problem {
  return new Problem('invalid_content', {
    errors: [
      {
        pointer: '/cursor',
        code: 'invalid_cursor',
        detail: { id: 'Milik urutan lain.', en: 'Belongs to another sort.' },
      },
    ],
  });
}
