import type { Tx } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import type { Day } from '#src/domain/civil.ts';
import type { Actor } from '#src/http/actor.ts';
import type { Bundle, BundleKey } from './bundle.ts';
import type { ColumnOf, ImportKind } from './columns.ts';
import type { HeldLines } from './held-lines.ts';
import type { Rejection } from './lines.ts';
import type { PlainLines } from './plain-lines.ts';
import type { RowReader } from './read-rows.ts';

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
  /** The bytes that a row is held as until it is applied. */
  pack(row: Row): Buffer;
  /** A reader of lines that need no general one, where there is one for files of this kind. */
  plainLines?(held: HeldLines, today: Day): PlainLines<K>;
  /** The most lines that one transaction takes. */
  linesAtOnce: number;
  /** How many transactions may write at a time. */
  chunksAtOnce: number;
  /** The bundle of a line; `index` counts the lines of the file from 0. */
  keyOf(row: Partial<Row>, index: number): BundleKey;
  /** Looks through all bundles once, in the order of their keys, before they are applied. */
  foresee?(bundles: readonly Bundle[]): void;
  /** Writes the facts of a chunk in the given transaction; may be called again after a rollback. */
  apply(applying: Applying, tx: Tx, bundles: readonly Bundle[]): Promise<Outcome<K>>;
};

/** An outcome to add to. */
export function nothingYet<K extends ImportKind>(): Outcome<K> {
  return { groupsAccepted: 0, groupsRejected: 0, linesAccepted: 0, linesRejected: 0, faults: [] };
}
