import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import { addMonths, type Day, dayOf } from '#src/domain/civil.ts';
import { type ClosedCase, type Precision, ratioText, reportOf } from '#src/domain/inspections/precision.ts';
import type { Priority } from '#src/domain/inspections/priority.ts';
import { FULL_PRIORITY } from '#src/domain/inspections/weights.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { RegionCode } from '#src/features/employers/employer.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, underRegions, visibleRows } from '#src/http/actor.ts';
import { DayField, DayOut } from '#src/http/fields.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { SEEING } from './inspection.ts';

/** Months that a report is about where it is not said. */
const USUAL_MONTHS = 12;

const Query = z.strictObject({
  region: RegionCode.optional(),
  from: DayField.optional().meta({ description: 'First day; twelve months before the last if absent' }),
  to: DayField.optional().meta({ description: 'Last day; today if absent' }),
});

const count = z.int().min(0);
const Confirmed = {
  visits: count,
  confirmed: count,
  ratio: z
    .string()
    .max(6)
    .nullable()
    .meta({
      description: '`confirmed` of `visits` with four decimals, cut off; null without a visit',
      examples: ['0.7500'],
    }),
};

const Report = z
  .object({
    from: DayOut,
    to: DayOut,
    region: z.string().max(5).optional(),
    definition: z
      .object({ id: z.string().max(1000), en: z.string().max(1000) })
      .meta({ description: 'What the figures say, in Indonesian and in English' }),
    visits: count.meta({
      description: 'All visits in the interval, also those for which nothing was claimed',
    }),
    cancelled: count.meta({ description: 'Cases that were cancelled in the interval' }),
    overdue: count.meta({
      description: 'Cases still open today whose planned day lies in the interval and is over',
    }),
    precision: z.object(Confirmed).meta({ description: 'Of visits with a claim' }),
    byCode: z.array(z.object({ code: z.enum(REASON_CODES), ...Confirmed })).max(REASON_CODES.length),
    byPriority: z
      .array(z.object({ from: count.max(FULL_PRIORITY), to: count.max(FULL_PRIORITY), ...Confirmed }))
      .max(10)
      .meta({ description: 'By the priority on the day of assignment, first and last points of each band' }),
    medianDaysToVisit: z
      .number()
      .min(0)
      .nullable()
      .meta({ description: 'From the day of assignment to the visit; null without a visit' }),
  })
  .meta({ id: 'InspectionReport' });

const DEFINITION = {
  id:
    'Ketepatan adalah bagian kunjungan yang menemukan sedikitnya satu alasan yang disebut antrean pada hari penugasan. ' +
    'Dihitung menurut hari kunjungan; kunjungan tanpa alasan tidak ikut dihitung. Menurut kode: bagian kunjungan ' +
    'dengan alasan itu yang menemukannya.',
  en:
    'Precision is the part of visits that found at least one of the reasons that the queue gave on the day of ' +
    'assignment. Visits count by their day; those for which no reason was given do not count. By code: the part of ' +
    'visits with that reason that found it.',
};

export const reportInspections: UseCase = (app, deps) => {
  app.get(
    '/v1/reports/inspections',
    {
      config: {
        access: { anyOf: ['reports:read'], kinds: [...SEEING, 'regional_government'] },
      },
      schema: {
        operationId: 'reportInspections',
        tags: ['inspections'],
        summary: 'Report how often visits found what the queue claimed',
        querystring: Query,
        response: { 200: Report },
      },
    },
    async (request) => {
      const today = dayOf(deps.clock());
      const { region, to = today, from = addMonths(to, -USUAL_MONTHS) } = request.query;
      if (from > to) throw endsBeforeStart();
      const asked = { actor: actorOf(request), region, from, to };
      const { precision, byCode, byBand, twiceMedianDays, ...counts } = reportOf(
        await closedCases(deps, asked),
      );
      return {
        from,
        to,
        ...(region !== undefined && { region }),
        definition: DEFINITION,
        ...counts,
        overdue: await countOverdue(deps, asked, today),
        precision: withRatio(precision),
        byCode: byCode.map(withRatio),
        byPriority: byBand.map(withRatio),
        medianDaysToVisit: twiceMedianDays === undefined ? null : twiceMedianDays / 2,
      };
    },
  );
};

type Asked = { actor: Actor; region: string | undefined; from: Day; to: Day };

async function closedCases(deps: Deps, { actor, region, from, to }: Asked): Promise<ClosedCase[]> {
  const values: unknown[] = [from, to];
  const found = await deps.database.reader.query<
    Omit<ClosedCase, 'points' | 'assignedOn'> & { priority: Priority; recorded_at: Date }
  >(
    `select i.claims, i.priority, i.recorded_at, o.kind, o.on_day as on, o.found
     from inspection_outcomes o
     join inspections i on i.employer_id = o.employer_id and i.inspection_id = o.inspection_id
     join employers e on e.employer_id = o.employer_id
     where o.on_day between $1 and $2 and ${inScope(actor, region, values)}`,
    values,
  );
  return found.rows.map(({ priority, recorded_at, ...row }) => ({
    ...row,
    points: priority.points,
    assignedOn: dayOf(recorded_at),
  }));
}

async function countOverdue(deps: Deps, { actor, region, from, to }: Asked, today: Day): Promise<number> {
  const values: unknown[] = [from, to, today];
  const found = await deps.database.reader.query<{ overdue: number }>(
    `select count(*)::int as overdue
     from inspections i
     join employers e on e.employer_id = i.employer_id
     left join inspection_outcomes o on o.employer_id = i.employer_id and o.inspection_id = i.inspection_id
     where o.outcome_id is null and i.planned_on between $1 and $2 and i.planned_on < $3
       and ${inScope(actor, region, values)}`,
    values,
  );
  return found.rows[0]!.overdue;
}

function inScope(actor: Actor, region: string | undefined, values: unknown[]): string {
  const bind = (value: unknown) => `$${values.push(value)}`;
  const visible = visibleRows(actor, 'e', bind);
  return region === undefined ? visible : `${visible} and ${underRegions([region], 'e', bind)}`;
}

function withRatio<T extends Precision>(precision: T): T & { ratio: string | null } {
  return { ...precision, ratio: ratioText(precision) ?? null };
}

function endsBeforeStart(): Problem {
  return new Problem('invalid_content', {
    errors: [
      {
        pointer: '/to',
        code: 'before_start',
        detail: { id: 'Sebelum from.', en: 'Before from.' },
      },
    ],
  });
}
