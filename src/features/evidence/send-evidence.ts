import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import { dayOf } from '#src/domain/civil.ts';
import { EVIDENCE_KINDS } from '#src/domain/evidence.ts';
import { actorOf } from '#src/http/access.ts';
import { underRegions } from '#src/http/actor.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { sendList } from '#src/http/list.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Evidence, evidenceView } from './evidence.ts';
import { SELECT_EVIDENCE, type StoredRow, storedEvidence, visibleEvidence } from './stored-evidence.ts';

/** Query of a list of evidence. */
export const EvidenceQuery = z.strictObject({ ...PageQuery, kind: z.enum(EVIDENCE_KINDS).optional() });

export const EvidencePage = pageOf(Evidence, 'EvidencePage');

type Filters = z.output<typeof EvidenceQuery> & {
  /** A reference to one. */
  employer?: string | undefined;
  region?: string | undefined;
};

/** Answers with the evidence that the caller may see, in order of the ids. */
export async function sendEvidence(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { limit, cursor, kind, employer, region }: Filters,
): Promise<FastifyReply> {
  const actor = actorOf(request);
  const today = dayOf(deps.clock());
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [visibleEvidence(actor, bind)];
  if (employer !== undefined) {
    const { employerId } = await findEmployer(deps.database.reader, actor, employer);
    where.push(`v.employer_id = ${bind(employerId)}`);
  }
  if (region !== undefined) where.push(underRegions([region], 'e', bind));
  if (kind) where.push(`v.kind = ${bind(kind)}`);
  if (cursor) where.push(`v.evidence_id > ${bind(decodeCursor(cursor, ['uuid'])[0])}::uuid`);
  return sendList<StoredRow>(deps, request, reply, {
    sql: `${SELECT_EVIDENCE} where ${where.join(' and ')} order by v.evidence_id`,
    values,
    limit,
    key: (row) => [row.evidence_id],
    view: (row) => evidenceView(storedEvidence(row), actor, deps.law, today),
    csv: CSV,
  });
}

const CSV = [
  'id',
  'employerId',
  'kind',
  'agency',
  'observedOn',
  'countsThrough',
  'headcount',
  'wageBill',
  'lowestWage',
  'workersSeen',
  'documentHash',
  'note',
  'recordedAt',
  'recordedBy',
  'finding.period',
  'finding.declaredHeadcount',
  'finding.declaredWageBill',
  'finding.codes',
  'finding.severity',
  'finding.missingWorkers',
  'finding.underpaidWorkers',
  'finding.hiddenWages',
] as const;
