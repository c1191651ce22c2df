import type { Scale } from '#src/domain/parameters.ts';
import { underRegions, visibleRows } from '#src/http/actor.ts';
import type { Examined } from './cross-check.ts';
import type { Question } from './question.ts';

/** Employers that are looked at together: what is read of them stays in memory for as long. */
const BATCH = 500;

const FIRST = '00000000-0000-0000-0000-000000000000';

/** Every employer in scope in the order of their ids, in batches of which each is one query. */
export async function* examinedEmployers(
  { deps, actor, region }: Question,
  after: string = FIRST,
): AsyncGenerator<Examined[]> {
  for (let last: string | undefined = after; last !== undefined; ) {
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    const scope = [visibleRows(actor, 'e', bind), ...(region ? [underRegions([region], 'e', bind)] : [])];
    const found: { rows: Row[] } = await deps.database.reader.query<Row>(
      `select e.employer_id, e.legal_name, e.npp, e.region_code, e.scale,
              e.outsourcing_licence is not null as is_vendor
       from employers e where e.employer_id > ${bind(last)} and ${scope.join(' and ')}
       order by e.employer_id limit ${BATCH}`,
      values,
    );
    if (found.rows.length > 0) yield found.rows.map(examinedOf);
    last = found.rows.length < BATCH ? undefined : found.rows.at(-1)!.employer_id;
  }
}

type Row = {
  employer_id: string;
  legal_name: string;
  npp: string | null;
  region_code: string;
  scale: Scale;
  is_vendor: boolean;
};

function examinedOf(row: Row): Examined {
  return {
    employerId: row.employer_id,
    legalName: row.legal_name,
    ...(row.npp !== null && { npp: row.npp }),
    regionCode: row.region_code,
    scale: row.scale,
    isVendor: row.is_vendor,
  };
}
