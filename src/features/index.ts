import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Deps } from '#src/deps.ts';
import type { Routes, UseCase } from '#src/http/routes.ts';
import { delayAccesses } from './accesses/delay-accesses.ts';
import { listAccessDelays } from './accesses/list-access-delays.ts';
import { listAccesses } from './accesses/list-accesses.ts';
import { createCheck } from './checks/create-check.ts';
import { createCheckBatch } from './checks/create-check-batch.ts';
import { getCheck } from './checks/get-check.ts';
import { getCheckReceipt } from './checks/get-check-receipt.ts';
import { verifyReceipt } from './checks/verify-receipt.ts';
import { listCrossChecks } from './cross-checks/list-cross-checks.ts';
import { reportCrossCheck } from './cross-checks/report-cross-check.ts';
import { declareRoster } from './declarations/declare-roster.ts';
import { getDeclaration } from './declarations/get-declaration.ts';
import { listDeclarations } from './declarations/list-declarations.ts';
import { changeEmployer } from './employers/change-employer.ts';
import { createEmployer } from './employers/create-employer.ts';
import { getEmployer } from './employers/get-employer.ts';
import { listEmployers } from './employers/list-employers.ts';
import { listWorkers } from './employers/list-workers.ts';
import { resolveEmployer } from './employers/resolve-employer.ts';
import { getEvidence } from './evidence/get-evidence.ts';
import { listEmployerEvidence } from './evidence/list-employer-evidence.ts';
import { listEvidence } from './evidence/list-evidence.ts';
import { listSeenWorkers } from './evidence/list-seen-workers.ts';
import { recordEvidence } from './evidence/record-evidence.ts';
import { approveFlag } from './flags/approve-flag.ts';
import { decideObjection } from './flags/decide-objection.ts';
import { getFlag } from './flags/get-flag.ts';
import { liftFlag } from './flags/lift-flag.ts';
import { listEmployerFlags } from './flags/list-employer-flags.ts';
import { listFlags } from './flags/list-flags.ts';
import { objectToFlag } from './flags/object-to-flag.ts';
import { raiseFlag } from './flags/raise-flag.ts';
import { rejectFlag } from './flags/reject-flag.ts';
import { cancelImport } from './imports/cancel-import.ts';
import { createImport } from './imports/create-import.ts';
import { followImport } from './imports/follow-import.ts';
import { getImport } from './imports/get-import.ts';
import { listImports } from './imports/list-imports.ts';
import { listRejections } from './imports/list-rejections.ts';
import { assignInspection } from './inspections/assign-inspection.ts';
import { declareConflict } from './inspections/declare-conflict.ts';
import { getInspection } from './inspections/get-inspection.ts';
import { listConflicts } from './inspections/list-conflicts.ts';
import { listInspectionQueue } from './inspections/list-inspection-queue.ts';
import { listInspections } from './inspections/list-inspections.ts';
import { recordOutcome } from './inspections/record-outcome.ts';
import { reportInspections } from './inspections/report-inspections.ts';
import { listNonCompliant } from './lists/list-non-compliant.ts';
import { getMinimumWage } from './minimum-wages/get-minimum-wage.ts';
import { listMinimumWages } from './minimum-wages/list-minimum-wages.ts';
import { putMinimumWage } from './minimum-wages/put-minimum-wage.ts';
import { listPayments } from './payments/list-payments.ts';
import { recordPayment } from './payments/record-payment.ts';
import { reversePayment } from './payments/reverse-payment.ts';
import { changePlacement } from './placements/change-placement.ts';
import { declarePlacement } from './placements/declare-placement.ts';
import { getPlacement } from './placements/get-placement.ts';
import { listPlacements } from './placements/list-placements.ts';
import { listVendorPlacements } from './placements/list-vendor-placements.ts';
import { respondToPlacement } from './placements/respond-to-placement.ts';
import { calculateContributions } from './rules/calculate-contributions.ts';
import { compareMonths } from './rules/compare-months.ts';
import { getRuleset } from './rules/get-ruleset.ts';
import { listRulesets } from './rules/list-rulesets.ts';
import { getCaseFile } from './sanctions/get-case-file.ts';
import { getSanction } from './sanctions/get-sanction.ts';
import { getSanctionLetter } from './sanctions/get-sanction-letter.ts';
import { listEmployerSanctions } from './sanctions/list-employer-sanctions.ts';
import { listSanctionDeadlines } from './sanctions/list-sanction-deadlines.ts';
import { listSanctions } from './sanctions/list-sanctions.ts';
import { openSanction } from './sanctions/open-sanction.ts';
import { takeSanctionStep } from './sanctions/take-sanction-step.ts';
import { decideDispute } from './suspensions/decide-dispute.ts';
import { getDispute } from './suspensions/get-dispute.ts';
import { getPlan } from './suspensions/get-plan.ts';
import { getRegularisation } from './suspensions/get-regularisation.ts';
import { getRegularisationLetter } from './suspensions/get-regularisation-letter.ts';
import { inviteToRegularise } from './suspensions/invite-to-regularise.ts';
import { listDisputes } from './suspensions/list-disputes.ts';
import { listEmployerSuspensions } from './suspensions/list-employer-suspensions.ts';
import { listPlans } from './suspensions/list-plans.ts';
import { listRegularisations } from './suspensions/list-regularisations.ts';
import { openDispute } from './suspensions/open-dispute.ts';
import { recordPlan } from './suspensions/record-plan.ts';
import { withdrawDispute } from './suspensions/withdraw-dispute.ts';
import { withdrawPlan } from './suspensions/withdraw-plan.ts';
import { withdrawRegularisation } from './suspensions/withdraw-regularisation.ts';
import { listVendors } from './vendors/list-vendors.ts';
import { getExplanation } from './verdicts/get-explanation.ts';
import { getLedger } from './verdicts/get-ledger.ts';
import { getRemedy } from './verdicts/get-remedy.ts';
import { getStanding } from './verdicts/get-standing.ts';
import { getVerdict } from './verdicts/get-verdict.ts';
import { simulateRemedy } from './verdicts/simulate-remedy.ts';

/** Every use case of the service, one file each. */
const USE_CASES: readonly UseCase[] = [
  createEmployer,
  listEmployers,
  getEmployer,
  changeEmployer,
  listWorkers,
  declareRoster,
  listDeclarations,
  getDeclaration,
  recordPayment,
  reversePayment,
  listPayments,
  getLedger,
  getStanding,
  getVerdict,
  getExplanation,
  getRemedy,
  simulateRemedy,
  calculateContributions,
  listRulesets,
  getRuleset,
  compareMonths,
  recordEvidence,
  listEvidence,
  getEvidence,
  listSeenWorkers,
  listEmployerEvidence,
  raiseFlag,
  listFlags,
  getFlag,
  approveFlag,
  rejectFlag,
  objectToFlag,
  decideObjection,
  liftFlag,
  listEmployerFlags,
  recordPlan,
  listPlans,
  getPlan,
  withdrawPlan,
  openDispute,
  listDisputes,
  getDispute,
  decideDispute,
  withdrawDispute,
  inviteToRegularise,
  listRegularisations,
  getRegularisation,
  getRegularisationLetter,
  withdrawRegularisation,
  listEmployerSuspensions,
  openSanction,
  listSanctions,
  listSanctionDeadlines,
  getSanction,
  getSanctionLetter,
  getCaseFile,
  takeSanctionStep,
  listEmployerSanctions,
  createCheck,
  createCheckBatch,
  getCheck,
  getCheckReceipt,
  verifyReceipt,
  resolveEmployer,
  listNonCompliant,
  declarePlacement,
  listVendorPlacements,
  listPlacements,
  getPlacement,
  changePlacement,
  respondToPlacement,
  listVendors,
  listInspectionQueue,
  assignInspection,
  listInspections,
  getInspection,
  recordOutcome,
  declareConflict,
  listConflicts,
  reportInspections,
  listCrossChecks,
  reportCrossCheck,
  putMinimumWage,
  listMinimumWages,
  getMinimumWage,
  listAccesses,
  delayAccesses,
  listAccessDelays,
  createImport,
  listImports,
  getImport,
  listRejections,
  followImport,
  cancelImport,
];

export const registerFeatures = fp(async (app: FastifyInstance, deps: Deps) => {
  for (const useCase of USE_CASES) useCase(app as unknown as Routes, deps);
});
