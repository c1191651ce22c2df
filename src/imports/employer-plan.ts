import { recordedBy } from '#src/http/actor.ts';
import { recordEmployers } from '#src/registry/index.ts';
import { type EmployerRow, employerRows } from './employer-rows.ts';
import { ChunkContended } from './endings.ts';
import { blockOf, lineOutcome, linesOf, packRow } from './line-blocks.ts';
import type { LineFault, Plan } from './plan.ts';
import { openDraft } from './registry-draft.ts';

/**
 * Employers: each line is a group of its own. Lines of one chunk for the same employer apply one on top of the other
 * and make one change.
 */
export function employerPlan(): Plan<'employers', EmployerRow> {
  return {
    reader: employerRows,
    pack: packRow,
    chunksAtOnce: 1,
    linesAtOnce: 500,
    keyOf: (_row, index) => blockOf(index),
    async apply(applying, tx, bundles) {
      const { lines, unread } = linesOf<EmployerRow>(bundles);
      const draft = await openDraft(
        applying,
        tx,
        lines.map(({ row }) => row),
      );
      const faults: LineFault<'employers'>[] = [];
      for (const { line, row } of lines) {
        for (const fault of draft.take(row)) faults.push({ line, ...fault });
      }
      const records = draft.records();
      if (records.length > 0) {
        const clashes = await recordEmployers(applying.deps, tx, recordedBy(applying.actor), records);
        // The draft knows all identifiers that were taken when it was opened.
        if (clashes.length > 0) throw new ChunkContended();
      }
      return lineOutcome(lines.length, unread, faults);
    },
  };
}
