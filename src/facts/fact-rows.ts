import type { ClientBase, Pool } from 'pg';
import { uuidArray } from '#src/db/index.ts';
import { EVER, type Instant } from '#src/domain/civil.ts';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import { EVIDENCE_COLUMNS, type EvidenceRow } from './evidence.ts';
import { FLAG_EVENTS, FLAGS, type FlagEventRow, type FlagRow } from './flags.ts';
import { INSPECTIONS, type InspectionRow } from './inspections.ts';
import { DECLARATIONS, type DeclarationRow } from './read-declarations.ts';
import { SANCTION_STEPS, SANCTIONS, type SanctionRow, type SanctionStepRow } from './sanctions.ts';
import { SUSPENSION_COLUMNS, SUSPENSION_TABLES, type SuspensionRow } from './suspensions.ts';

type ChangeRow = { employer_id: string; recorded_at: Date; attributes: EmployerAttributes };
type ReversalRow = { employer_id: string; payment_id: string; recorded_at: Date };
export type PaymentFactRow = {
  employer_id: string;
  payment_id: string;
  amount: number;
  paid_on: string;
  recorded_at: Date;
  period: string | null;
  penalty: boolean;
};

/** Everything recorded about some employers, as stored. */
export type FactRows = {
  changes: ChangeRow[];
  declarations: DeclarationRow[];
  payments: PaymentFactRow[];
  reversals: ReversalRow[];
  flags: FlagRow[];
  flagEvents: FlagEventRow[];
  suspensions: SuspensionRow[];
  evidence: EvidenceRow[];
  sanctions: SanctionRow[];
  sanctionSteps: SanctionStepRow[];
  inspections: InspectionRow[];
};

/** The select of each kind of fact, for whom `is` says; $2 is the ruleset, $3 the last recording of what rosters decide. */
const SELECTS: Record<keyof FactRows, (is: string) => string> = {
  changes: (is) =>
    `select employer_id, recorded_at, attributes from employer_changes where employer_id ${is}`,
  declarations: (is) => DECLARATIONS(`d.employer_id ${is} and d.recorded_at <= $3`),
  payments: (is) =>
    `select employer_id, payment_id, amount, paid_on, recorded_at, period, penalty
     from payments where employer_id ${is}`,
  reversals: (is) =>
    `select employer_id, payment_id, recorded_at from payment_reversals where employer_id ${is}`,
  flags: (is) => FLAGS(`employer_id ${is}`),
  flagEvents: (is) => FLAG_EVENTS(`employer_id ${is}`),
  suspensions: (is) => `select ${SUSPENSION_COLUMNS} from ${SUSPENSION_TABLES} where s.employer_id ${is}`,
  evidence: (is) =>
    `select ${EVIDENCE_COLUMNS} from evidence v where v.employer_id ${is} and v.recorded_at <= $3`,
  sanctions: (is) => SANCTIONS(`employer_id ${is}`),
  sanctionSteps: (is) => SANCTION_STEPS(`employer_id ${is}`),
  inspections: (is) => INSPECTIONS(`i.employer_id ${is}`),
};

/** What is an instant, of any kind of fact. */
const INSTANTS = ['recorded_at', 'ended_at', 'outcome_at'];

const KINDS = Object.keys(SELECTS) as (keyof FactRows)[];
// One statement, because the way to the database and back costs more than what most employers have in most tables.
const statement = (is: string) =>
  `select ${KINDS.map((kind) => `(select json_agg(r) from (${SELECTS[kind](is)}) r) as "${kind}"`).join(', ')}`;
const OF_ONE = { name: 'facts of an employer', text: statement('= $1::uuid') };
const OF_MANY = { text: statement('= any($1::uuid[])') };

/**
 * Reads everything recorded about these employers, in no order but where the select of a kind has one; declarations
 * with what they cost under a ruleset.
 *
 * @param knownAt leaves declarations and evidence out that were recorded later
 */
export async function readFactRows(
  client: ClientBase | Pool,
  employerIds: readonly string[],
  rulesetVersion: string,
  knownAt: Instant = EVER,
): Promise<FactRows> {
  const one = employerIds.length === 1;
  const found = await client.query<Record<keyof FactRows, object[] | null>>({
    ...(one ? OF_ONE : OF_MANY),
    values: [
      one ? employerIds[0] : uuidArray(employerIds),
      rulesetVersion,
      knownAt === EVER ? 'infinity' : knownAt,
    ],
  });
  const [row] = found.rows;
  return Object.fromEntries(KINDS.map((kind) => [kind, (row![kind] ?? []).map(withInstants)])) as FactRows;
}

/** What comes as JSON has its instants as text. */
function withInstants(row: Record<string, unknown> | object): object {
  const read = row as Record<string, unknown>;
  for (const name of INSTANTS) {
    const value = read[name];
    if (typeof value === 'string') read[name] = new Date(value);
  }
  return read;
}
