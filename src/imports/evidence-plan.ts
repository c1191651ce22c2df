import { onDay } from '#src/domain/civil.ts';
import { recordersOf } from '#src/domain/evidence.ts';
import { keepEvidence, type StatedEvidence } from '#src/facts/index.ts';
import { recordedBy } from '#src/http/actor.ts';
import { employersByIdentifier } from './employers-by-identifier.ts';
import { type EvidenceRow, evidenceRows } from './evidence-rows.ts';
import { blockOf, lineOutcome, linesOf, packRow } from './line-blocks.ts';
import type { LineFault, Plan } from './plan.ts';

type Fault = Omit<LineFault<'evidence'>, 'line'>;

/** Evidence: each line is a group of its own; one that is recorded already with the same content is accepted. */
export function evidencePlan(): Plan<'evidence', EvidenceRow> {
  return {
    reader: evidenceRows,
    pack: packRow,
    chunksAtOnce: 1,
    linesAtOnce: 500,
    keyOf: (_row, index) => blockOf(index),
    async apply({ deps, actor, importId }, tx, bundles) {
      const { lines, unread } = linesOf<EvidenceRow>(bundles);
      const known = (scheme: 'npp' | 'nib') =>
        employersByIdentifier(
          tx,
          actor,
          scheme,
          lines.flatMap(({ row }) => row[scheme] ?? []),
        );
      const employerOf = employerIn(await known('npp'), await known('nib'));
      const since = onDay(deps.law.firstPeriod, 1);
      const faults: LineFault<'evidence'>[] = [];
      const stated: (StatedEvidence & { line: number })[] = [];
      for (const { line, row } of lines) {
        const { npp: _npp, nib: _nib, ...evidence } = row;
        const employer = employerOf(row);
        if (typeof employer !== 'string') {
          faults.push({ line, ...employer });
        } else if (row.observedOn < since) {
          faults.push({ line, column: 'observedOn', value: row.observedOn, code: 'before_programmes' });
        } else if (!(recordersOf(row.kind) as readonly string[]).includes(actor.kind)) {
          faults.push({ line, column: 'kind', value: row.kind, code: 'evidence_not_allowed' });
        } else {
          stated.push({ ...evidence, line, employerId: employer });
        }
      }
      const kept = await keepEvidence(deps, tx, recordedBy(actor), stated, importId);
      const refused = stated.filter((_, index) => !kept[index]);
      faults.push(...refused.map(({ line }) => ({ line, code: 'too_much_evidence' as const })));
      return lineOutcome(lines.length, unread, faults);
    },
  };
}

/** The id of a line's employer, or why there is none: both of its numbers must name the same one. */
function employerIn(
  byNpp: ReadonlyMap<string, string>,
  byNib: ReadonlyMap<string, string>,
): (row: EvidenceRow) => string | Fault {
  return ({ npp, nib }) => {
    const unknown = (column: 'npp' | 'nib', value: string): Fault => ({
      column,
      value,
      code: 'employer_not_found',
    });
    const ofNpp = npp === undefined ? undefined : (byNpp.get(npp) ?? unknown('npp', npp));
    const ofNib = nib === undefined ? undefined : (byNib.get(nib) ?? unknown('nib', nib));
    if (typeof ofNpp === 'object') return ofNpp;
    if (typeof ofNib === 'object') return ofNib;
    if (ofNpp !== undefined && ofNib !== undefined && ofNpp !== ofNib)
      return { column: 'nib', value: nib!, code: 'identifier_conflict' };
    return (ofNpp ?? ofNib)!;
  };
}
