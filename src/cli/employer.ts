import type { Database } from '#src/db/index.ts';
import type { Actor } from '#src/http/actor.ts';
import { Problem } from '#src/http/problem.ts';
import { loadRegions } from '#src/law/index.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Refusal } from './refusal.ts';

/** The id of the employer that an option names by its id, `npp:<NPP>` or `nib:<NIB>`. */
export async function employerNamed(database: Database, reference: string): Promise<string> {
  // Whoever can open the database sees all of it.
  const regions = loadRegions().provinces.map(({ code }) => code);
  const actor: Actor = {
    client: 'cli',
    agency: 'cli',
    kind: 'operator',
    regions,
    scopes: new Set(),
    sub: 'cli',
  };
  try {
    return (await findEmployer(database.pool, actor, reference)).employerId;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Refusal(`there is no employer '${reference}': give its id, npp:<NPP> or nib:<NIB>`);
  }
}
