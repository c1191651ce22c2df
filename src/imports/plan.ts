import type { Tx } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import type { Day } from '#src/domain/civil.ts';
import type { Actor } from '#src/http/actor.ts';
import type { ColumnOf, ImportKind } from './columns.ts';
import type { Rejection } from './lines.ts';
import type { RowReader } from './read-rows.ts';

/** What a line's bundle is called; bundles are settled in the order of their keys. */
export type BundleKey = { npp: string; period: string };

/** Lines that are settled together. */
export type Bundle<Row> = {
  key: BundleKey;
  lines: { line: number; row: Row }[];
  /** How many more lines belong to it that could not be read; each is named as rejected already. */
  unread: number;
  /** It has more lines than can be taken; only the first is here, the others count as unread. */
  oversized?: true;
};

/** What is wrong with a line as a whole, by a column's own name. */
export type LineFault<K extends ImportKind> = Omit<Rejection, 'column'> & {
  line: number;
  column?: ColumnOf<K>;
};

/** What became of a chunk. */
export type Outcome<K extends ImportKind> = {
  groupsAccepted: number;
  groupsRejected: number;
  linesAccepted: number;
  linesRejected: number;
  faults: LineFault<K>[];
};

/** On whose behalf, and on which day, an import writes. */
export type Applying = { deps: Deps; actor: Actor; importId: string; today: Day };

/** How one kind of file becomes facts. There is one plan per import: it may remember from chunk to chunk. */
export type Plan<K extends ImportKind, Row> = {
  reader: RowReader<K, Row>;
  /** The most lines that one transaction takes. */
  linesAtOnce: number;
  /** The bundle of a line; `index` counts the lines of the file from 0. */
  keyOf(row: Partial<Row>, index: number): BundleKey;
  /** Writes the facts of a chunk in the given transaction; may be called again after a rollback. */
  apply(applying: Applying, tx: Tx, bundles: readonly Bundle<Row>[]): Promise<Outcome<K>>;
};

/** An outcome to add to. */
export function nothingYet<K extends ImportKind>(): Outcome<K> {
  return { groupsAccepted: 0, groupsRejected: 0, linesAccepted: 0, linesRejected: 0, faults: [] };
}
