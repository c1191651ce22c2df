import type { Action } from '#src/domain/check-policy.ts';
import type { SanctionState } from '#src/domain/sanctions.ts';
import type { Suspension } from '#src/domain/suspensions.ts';
import type { CasePurpose } from './case-file.ts';

/** How a procedure stands, in Indonesian. */
export const STATE_NAMES: Record<SanctionState, string> = {
  open: 'berjalan',
  paused: 'ditangguhkan',
  mended: 'kewajiban telah dipenuhi',
  closed: 'ditutup',
};

/** What suspends breaches. */
export const SUSPENSION_NAMES: Record<Suspension['kind'], string> = {
  plan: 'rencana pembayaran',
  dispute: 'sengketa',
  regularisation: 'undangan perbaikan',
};

/** What a check was made for. */
export const PURPOSE_NAMES: Record<CasePurpose, string> = {
  tender_opening: 'pembukaan penawaran',
  tender_award: 'penetapan pemenang',
  inspection: 'pemeriksaan',
  prosecution: 'penuntutan',
};

/** What a check told its caller to do. */
export const ACTION_NAMES: Record<Action, string> = {
  proceed: 'dapat dilanjutkan',
  proceed_with_conditions: 'dapat dilanjutkan dengan syarat',
  hold: 'ditahan',
  ask_review: 'minta peninjauan',
  confirm_subject: 'pastikan subjeknya',
};
