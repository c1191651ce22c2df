import type { Deps } from '#src/deps.ts';
import { CASE_PURPOSES, type CaseCheck } from '#src/domain/case-file/case-file.ts';
import type { CaseRecords } from '#src/domain/case-file/compile-case-file.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Sanction } from '#src/domain/sanctions.ts';
import { letterheads } from '#src/http/letter-page.ts';
import type { StoredSanction } from './stored-sanction.ts';

/** What a case file holds beside the facts that judge the employer: who, which documents, which checks. */
export async function readCaseRecords(
  deps: Deps,
  { employerId, stepsBy }: StoredSanction,
  facts: Facts,
  sanction: Sanction,
): Promise<CaseRecords> {
  const { pool } = deps.database;
  const checks = await readChecks(deps, employerId);
  const documents = await pool.query<{ evidence_id: string; document_hash: string }>(
    'select evidence_id, document_hash from evidence where employer_id = $1 and document_hash is not null',
    [employerId],
  );
  const codes = [
    sanction.agency,
    ...sanction.steps.flatMap(({ agency, decidedBy }) => [agency, decidedBy ?? []].flat()),
    ...facts.evidence.map(({ agency }) => agency),
    ...checks.map(({ agency }) => agency),
  ];
  const letterhead = await letterheads(deps, [...new Set(codes)]);
  const { regionCode } = facts.employer;
  return {
    nameOf: (code) => letterhead(code).agency,
    region: deps.regions.name(regionCode) ?? regionCode,
    takenBy: new Map(Object.entries(stepsBy).map(([id, { by }]) => [id, by])),
    documentHashes: new Map(documents.rows.map((row) => [row.evidence_id, row.document_hash])),
    checks,
  };
}

type CheckRow = {
  check_id: string;
  checked_at: Date;
  agency_code: string;
  purpose: CaseCheck['purpose'];
  action: CaseCheck['action'];
};

async function readChecks({ database }: Deps, employerId: string): Promise<CaseCheck[]> {
  const found = await database.pool.query<CheckRow>(
    `select check_id, checked_at, agency_code, purpose, action from checks
     where employer_id = $1 and purpose = any($2) order by check_id`,
    [employerId, CASE_PURPOSES],
  );
  return found.rows.map((row) => ({
    id: row.check_id,
    checkedAt: row.checked_at.toISOString(),
    agency: row.agency_code,
    purpose: row.purpose,
    action: row.action,
  }));
}
