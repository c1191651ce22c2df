import type { DuplicateFigures } from '#src/domain/cross-checks/duplicate-workers.ts';
import { visibleRows } from '#src/http/actor.ts';
import { type CrossCheckItem, MOST_OTHERS } from './cross-check.ts';
import type { Found, Question } from './question.ts';

type Named = Omit<NonNullable<CrossCheckItem['others']>[number], 'workers'>;

/** Names the other employers of duplicates that the caller sees; those elsewhere are only counted. */
export async function nameOthers(
  question: Question,
  found: Found<DuplicateFigures>,
): Promise<Found<CrossCheckItem['figures']>> {
  const ids = [...found.values()].flatMap(({ figures }) =>
    figures.sharedWith.map(({ employerId }) => employerId),
  );
  const names = await readNames(question, [...new Set(ids)]);
  return new Map(
    [...found].map(([employerId, { figures, ...finding }]) => {
      const others = figures.sharedWith.flatMap(({ employerId: id, workers }) => {
        const named = names.get(id);
        return named ? [{ ...named, workers }] : [];
      });
      const otherEmployers = figures.sharedWith.length;
      const outsideYourRegions = otherEmployers - others.length;
      const shown = { figures: { otherEmployers, outsideYourRegions }, others: others.slice(0, MOST_OTHERS) };
      return [employerId, { ...finding, ...shown }];
    }),
  );
}

async function readNames({ deps, actor }: Question, ids: readonly string[]): Promise<Map<string, Named>> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const found = await deps.database.reader.query<{
    employer_id: string;
    legal_name: string;
    npp: string | null;
    region_code: string;
  }>(
    `select e.employer_id, e.legal_name, e.npp, e.region_code from employers e
     where e.employer_id = any(${bind(ids)}::uuid[]) and ${visibleRows(actor, 'e', bind)}`,
    values,
  );
  return new Map(
    found.rows.map((row) => [
      row.employer_id,
      {
        id: row.employer_id,
        legalName: row.legal_name,
        ...(row.npp !== null && { npp: row.npp }),
        regionCode: row.region_code,
      },
    ]),
  );
}
