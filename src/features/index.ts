import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Deps } from '#src/deps.ts';
import type { Routes, UseCase } from '#src/http/routes.ts';
import { declareRoster } from './declarations/declare-roster.ts';
import { getDeclaration } from './declarations/get-declaration.ts';
import { listDeclarations } from './declarations/list-declarations.ts';
import { changeEmployer } from './employers/change-employer.ts';
import { createEmployer } from './employers/create-employer.ts';
import { getEmployer } from './employers/get-employer.ts';
import { listEmployers } from './employers/list-employers.ts';
import { listPayments } from './payments/list-payments.ts';
import { recordPayment } from './payments/record-payment.ts';
import { reversePayment } from './payments/reverse-payment.ts';

/** Every use case of the service, one file each. */
const USE_CASES: readonly UseCase[] = [
  createEmployer,
  listEmployers,
  getEmployer,
  changeEmployer,
  declareRoster,
  listDeclarations,
  getDeclaration,
  recordPayment,
  reversePayment,
  listPayments,
];

export const registerFeatures = fp(async (app: FastifyInstance, deps: Deps) => {
  for (const useCase of USE_CASES) useCase(app as unknown as Routes, deps);
});
