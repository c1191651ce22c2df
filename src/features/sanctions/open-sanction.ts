import type { z } from 'zod';
import { type Tx, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { addMonths, type Day, dayOf, latest, onDay } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { type OpeningRefusal, openingRefusal } from '#src/domain/sanctions/opening.ts';
import { SANCTIONABLE } from '#src/domain/sanctions.ts';
import { lockEmployers, renewSummaries, wholeFacts } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import { type Answer, once } from '#src/http/idempotency.ts';
import { type Fault, Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Sanction, SanctionCreate } from './sanction.ts';
import { type Asked, viewSanctions } from './sanction-view.ts';
import { findSanction, PROCEDURE_KINDS } from './stored-sanction.ts';

type Content = Omit<z.output<typeof SanctionCreate>, 'employer'>;

export const openSanction: UseCase = (app, deps) => {
  app.post(
    '/v1/sanctions',
    {
      config: {
        access: { anyOf: ['sanctions:write'], kinds: PROCEDURE_KINDS },
        problems: [
          'not_found',
          'sanction_of_state_organ',
          'sanction_without_breach',
          'sanction_already_open',
          'idempotency_key_reused',
          'idempotency_in_flight',
        ],
      },
      schema: {
        operationId: 'openSanction',
        tags: ['sanctions'],
        summary: 'Open a procedure under PP 86/2013 for breaches that an employer has not mended',
        body: SanctionCreate,
        response: { 200: Sanction, 201: Sanction },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { law } = await deps.rulesets.now();
      const { employer, codes, ...content } = request.body;
      const ordered = SANCTIONABLE.filter((code) => codes.includes(code));
      return once(deps, request, reply, async (tx) => {
        const { employerId } = await findEmployer(tx.client, actor, employer);
        const recordedAt = await lockEmployers(deps, tx, [employerId]);
        const asked = { actor, law, today: dayOf(recordedAt) };
        return open(deps, tx, asked, { employerId, recordedAt }, { ...content, codes: ordered });
      });
    },
  );
};

/** Opens it under the employer's lock, which the caller holds; the same again gives what is there. */
async function open(
  deps: Deps,
  tx: Tx,
  asked: Asked,
  { employerId, recordedAt }: { employerId: string; recordedAt: Date },
  content: Content,
): Promise<Answer> {
  const { actor, law, today } = asked;
  refuseDay(content.openedOn, latest(onDay(law.firstPeriod, 1), earliestOpening(asked)), today);
  const found = await wholeFacts({ law, keyRing: deps.keyRing }, tx.client, [employerId]);
  const facts = found.get(employerId)!;
  const same = await repeated(tx, facts, actor, content);
  if (same === undefined) {
    refuse(openingRefusal(facts, law, content, today));
    const sanctionId = uuidv7();
    await insert(tx, { employerId, sanctionId, recordedAt }, content, actor);
    await renewSummaries(deps, tx, [employerId], recordedAt);
    const [body] = await viewSanctions(
      deps,
      tx.client,
      [await findSanction(tx.client, actor, sanctionId)],
      asked,
    );
    return { status: 201, headers: { location: `/v1/sanctions/${sanctionId}` }, body };
  }
  const [body] = await viewSanctions(deps, tx.client, [await findSanction(tx.client, actor, same)], asked);
  return { status: 200, body };
}

function earliestOpening({ law, today }: Asked): Day {
  return addMonths(today, -law.quantity('sanction-lookback', today).value);
}

function refuseDay(openedOn: Day, earliest: Day, today: Day): void {
  const errors: Fault[] = [];
  const pointer = '/openedOn';
  if (openedOn > today) {
    errors.push({ pointer, code: 'in_future', detail: { id: 'Di masa depan.', en: 'In the future.' } });
  }
  if (openedOn < earliest) {
    const detail = { id: `Tidak sebelum ${earliest}.`, en: `Not before ${earliest}.` };
    errors.push({ pointer, code: 'too_long_ago', detail });
  }
  if (errors.length > 0) throw new Problem('invalid_content', { errors });
}

/** The open procedure that the same agency opened with the same content. */
async function repeated(
  tx: Tx,
  { sanctions }: Facts,
  { agency }: Actor,
  { codes, openedOn, note }: Content,
): Promise<string | undefined> {
  const same = sanctions.filter(
    (each) =>
      each.agency === agency &&
      each.openedOn === openedOn &&
      each.codes.join() === codes.join() &&
      each.steps.every(({ step }) => step !== 'closed'),
  );
  const found = await tx.client.query<{ sanction_id: string }>(
    `select sanction_id from sanctions where sanction_id = any($1::uuid[]) and note is not distinct from $2`,
    [same.map(({ id }) => id), note ?? null],
  );
  return found.rows[0]?.sanction_id;
}

function refuse(refusal: OpeningRefusal | undefined): void {
  if (!refusal) return;
  if (refusal.code === 'sanction_of_state_organ') throw new Problem(refusal.code);
  const codes = refusal.codes.join(', ');
  if (refusal.code === 'sanction_already_open') {
    throw new Problem(refusal.code, {
      detail: {
        id: `${codes} sudah menjadi dasar prosedur ${refusal.sanctionId}.`,
        en: `${codes}: the subject of procedure ${refusal.sanctionId}.`,
      },
    });
  }
  const { mendedOn } = refusal;
  throw new Problem(refusal.code, {
    detail:
      mendedOn === undefined
        ? { id: `Bukan pelanggaran pada hari itu: ${codes}.`, en: `No breach on that day: ${codes}.` }
        : { id: `Sudah diperbaiki pada ${mendedOn}: ${codes}.`, en: `Mended on ${mendedOn}: ${codes}.` },
  });
}

async function insert(
  tx: Tx,
  { employerId, sanctionId, recordedAt }: { employerId: string; sanctionId: string; recordedAt: Date },
  { codes, openedOn, note }: Content,
  actor: Actor,
): Promise<void> {
  await tx.client.query(
    `insert into sanctions (employer_id, sanction_id, agency_code, codes, opened_on, note, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [employerId, sanctionId, actor.agency, codes, openedOn, note ?? null, recordedAt, recordedBy(actor)],
  );
}
