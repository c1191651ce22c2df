import type { Day } from '#src/domain/civil.ts';
import { type EvidenceKind, MAX_HEADCOUNT } from '#src/domain/evidence.ts';
import { MAX_WAGE, type Rupiah } from '#src/domain/money.ts';
import { parseRupiah } from './amounts.ts';
import { CellReader, type RowResult } from './cells.ts';
import type { Header } from './columns.ts';
import { parseDay } from './dates.ts';
import { nibOf, nppOf } from './identifiers.ts';
import type { Line } from './lines.ts';
import { checked } from './refusal.ts';
import { countUpTo, linesUpTo, textUpTo } from './values.ts';
import { parseEvidenceKind } from './words.ts';

/** One piece of evidence about one employer, named by NPP, NIB or both; at least one figure is there. */
export type EvidenceRow = {
  npp: string | undefined;
  nib: string | undefined;
  kind: EvidenceKind;
  observedOn: Day;
  headcount: number | undefined;
  wageBill: Rupiah | undefined;
  lowestWage: Rupiah | undefined;
  note: string | undefined;
  documentHash: string | undefined;
};

/** Reads the lines of an evidence file. */
export function evidenceRows(header: Header<'evidence'>, today: Day): (line: Line) => RowResult<EvidenceRow> {
  const cells = new CellReader(header);
  const npp = cells.optional('npp', nppOf);
  const nib = cells.optional('nib', nibOf);
  const kind = cells.required('kind', parseEvidenceKind);
  const observedOn = cells.required(
    'observedOn',
    checked(parseDay, (day) => (day > today ? 'in_future' : undefined)),
  );
  const headcount = cells.optional('headcount', countUpTo(MAX_HEADCOUNT));
  const wageBill = cells.optional('wageBill', parseRupiah);
  const lowestWage = cells.optional(
    'lowestWage',
    checked(parseRupiah, (wage) => {
      if (wage === 0) return 'wage_not_positive';
      return wage > MAX_WAGE ? 'amount_too_large' : undefined;
    }),
  );
  const note = cells.optional('note', linesUpTo(2000));
  const documentHash = cells.optional('documentHash', textUpTo(200));
  return cells.rows((line) => {
    const row = {
      npp: npp(line),
      nib: nib(line),
      kind: kind(line),
      observedOn: observedOn(line),
      headcount: headcount(line),
      wageBill: wageBill(line),
      lowestWage: lowestWage(line),
      note: note(line),
      documentHash: documentHash(line),
    };
    if (row.npp === undefined && row.nib === undefined) cells.contradiction('identifier_missing');
    const figures = [row.headcount, row.wageBill, row.lowestWage];
    if (figures.every((figure) => figure === undefined)) cells.contradiction('nothing_stated');
    return row;
  });
}
