import type { Procedure } from '#src/domain/sanctions/procedure.ts';
import type { StepRefusal } from '#src/domain/sanctions/refusal.ts';
import { Problem, type Sentence } from '#src/http/problem.ts';

/** The problem that a refused step answers with: why, and what is possible instead. */
export function stepProblem(refusal: StepRefusal, { nextSteps }: Procedure): Problem {
  const members = refusal.code === 'sanction_step_too_early' && { notBefore: refusal.notBefore };
  return new Problem(refusal.code, {
    detail: detailOf(
      refusal,
      nextSteps.map(({ step, notBefore }) => `${step} (${notBefore})`),
    ),
    ...(members && { members }),
  });
}

function detailOf(refusal: StepRefusal, possible: readonly string[]): Sentence {
  switch (refusal.code) {
    case 'sanction_step_too_early':
      return { id: `Paling awal ${refusal.notBefore}.`, en: `On ${refusal.notBefore} at the earliest.` };
    case 'sanction_step_too_late':
      return { id: `Paling lambat ${refusal.notAfter}.`, en: `On ${refusal.notAfter} at the latest.` };
    case 'sanction_mended':
      return {
        id: `Pelanggaran sudah diperbaiki pada ${refusal.mendedOn}; yang tersisa hanya pencabutan dan penutupan.`,
        en: `The breaches were mended on ${refusal.mendedOn}; only lifting and closing remain.`,
      };
    case 'sanction_paused':
      return {
        id: 'Pada hari itu rencana pembayaran, sengketa, atau undangan menangguhkan akibat pelanggaran.',
        en: 'On that day a payment plan, a dispute or an invitation suspends the consequences of the breaches.',
      };
    case 'sanction_not_mended':
      return {
        id: 'Pencabutan diminta setelah pelanggaran diperbaiki.',
        en: 'The lift is asked for once the breaches are mended.',
      };
    case 'sanction_services_denied':
    case 'sanction_service_busy':
      return { id: `${refusal.services.join(', ')}.`, en: `${refusal.services.join(', ')}.` };
    case 'sanction_request_unclear':
      return {
        id: `Sebutkan requestId, salah satu dari ${refusal.requestIds.join(', ')}.`,
        en: `State requestId, one of ${refusal.requestIds.join(', ')}.`,
      };
    case 'sanction_step_not_open':
      return possible.length === 0
        ? { id: 'Prosedur sudah ditutup.', en: 'The procedure is closed.' }
        : { id: `Yang mungkin: ${possible.join(', ')}.`, en: `Possible: ${possible.join(', ')}.` };
  }
}
