import type { z } from 'zod';
import { type RecordedBy, type Tx, uuidv7 } from '#src/db/index.ts';
import { type Day, dayOf, onDay } from '#src/domain/civil.ts';
import { appendFacts } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { recordedBy } from '#src/http/actor.ts';
import { once } from '#src/http/idempotency.ts';
import { type Fault, Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Flag, FlagCreate, flagView } from './flag.ts';
import { findFlag } from './stored-flag.ts';

type Content = Omit<z.output<typeof FlagCreate>, 'employer'>;

export const raiseFlag: UseCase = (app, deps) => {
  app.post(
    '/v1/flags',
    {
      config: {
        access: { anyOf: ['flags:write'] },
        problems: ['not_found', 'flag_acts_need_agency', 'idempotency_key_reused', 'idempotency_in_flight'],
      },
      schema: {
        operationId: 'raiseFlag',
        tags: ['flags'],
        summary: 'Propose a flag on an employer; another person of the agency approves it',
        body: FlagCreate,
        response: { 201: Flag },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      if (actor.kind === 'employer') throw new Problem('flag_acts_need_agency');
      const { employer, ...content } = request.body;
      return once(deps, request, reply, async (tx) => {
        refuseDays(content, dayOf(deps.clock()), onDay(deps.law.firstPeriod, 1));
        const { employerId } = await findEmployer(tx.client, actor, employer);
        const flagId = uuidv7();
        return appendFacts(deps, tx, [employerId], async (recordedAt) => {
          await insertFlag(tx, employerId, flagId, content, recordedAt, recordedBy(actor));
          const flag = await findFlag(tx.client, actor, flagId);
          return {
            status: 201,
            headers: { location: `/v1/flags/${flagId}` },
            body: flagView(flag, actor, dayOf(recordedAt)),
          };
        });
      });
    },
  );
};

/** A flag may look back, though not beyond the rules, and must not have ended when it is proposed. */
function refuseDays({ startsOn, endsOn }: Content, today: Day, since: Day): void {
  const faults: Fault[] = [];
  if (startsOn < since) {
    faults.push({
      pointer: '/startsOn',
      code: 'before_programmes',
      detail: {
        id: `Sebelum ${since}, saat aturan mulai berlaku.`,
        en: `Before ${since}, when the rules begin.`,
      },
    });
  }
  if (endsOn !== undefined && endsOn < startsOn) {
    faults.push({
      pointer: '/endsOn',
      code: 'before_start',
      detail: { id: 'Sebelum startsOn.', en: 'Before startsOn.' },
    });
  } else if (endsOn !== undefined && endsOn < today) {
    faults.push({
      pointer: '/endsOn',
      code: 'in_past',
      detail: { id: 'Tanggal yang sudah lewat.', en: 'A day in the past.' },
    });
  }
  if (faults.length > 0) throw new Problem('invalid_content', { errors: faults });
}

async function insertFlag(
  tx: Tx,
  employerId: string,
  flagId: string,
  { kind, ground, article, startsOn, endsOn, evidenceHash, note }: Content,
  recordedAt: Date,
  by: RecordedBy,
): Promise<void> {
  await tx.client.query(
    `insert into flags (employer_id, flag_id, agency_code, kind, ground, article, starts_on, ends_on,
                        evidence_hash, note, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      employerId,
      flagId,
      by.agency,
      kind,
      ground,
      article ?? null,
      startsOn,
      endsOn ?? null,
      evidenceHash ?? null,
      note ?? null,
      recordedAt,
      by,
    ],
  );
}
