import { z } from 'zod';
import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { openInspection } from '#src/domain/inspections/inspection.ts';
import { priorityOf } from '#src/domain/inspections/priority.ts';
import { type Law, SCALES, type Scale } from '#src/domain/parameters.ts';
import { REASON_CODES, type ReasonCode } from '#src/domain/reason-codes.ts';
import { STATUSES, type Status } from '#src/domain/status.ts';
import { judge } from '#src/domain/verdict/verdict.ts';
import { EmployerName } from '#src/features/employers/employer.ts';
import { Arrears, type ArrearsRow, arrearsView } from '#src/features/verdicts/verdict.ts';
import { DayOut, IdOut } from '#src/http/fields.ts';
import { PriorityOut, priorityView } from './inspection.ts';

export const QueueItem = z
  .object({
    employer: EmployerName.extend({
      nib: z.string().max(13).optional(),
      scale: z.enum(SCALES),
      isVendor: z.boolean(),
      location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
    }).meta({ id: 'QueuedEmployer' }),
    priority: PriorityOut,
    status: z.enum(STATUSES),
    codes: z.array(z.enum(REASON_CODES)).max(20).meta({ description: 'Codes of the reasons of the verdict' }),
    arrears: Arrears,
    distanceMetres: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'From `near`, rounded up: a search with it as radius finds the employer' }),
    assignment: z
      .object({ inspectionId: IdOut, inspector: z.string().max(300), plannedOn: DayOut })
      .optional()
      .meta({ description: 'The case that an inspector has already been given' }),
  })
  .meta({ id: 'InspectionQueueItem' });

/** A stretch that holds today, with its employer and the facts of its summary. */
export type QueueRow = ArrearsRow & {
  employer_id: string;
  legal_name: string;
  npp: string | null;
  nib: string | null;
  region_code: string;
  scale: Scale;
  is_vendor: boolean;
  latitude: number | null;
  longitude: number | null;
  status: Status;
  codes: ReasonCode[];
  priority: number;
  metres: number | null;
  facts: Facts;
};

export function queueView(row: QueueRow, law: Law, today: Day): z.input<typeof QueueItem> {
  const { facts, metres } = row;
  const open = openInspection(facts.inspections);
  return {
    employer: {
      id: row.employer_id,
      legalName: row.legal_name,
      ...(row.npp !== null && { npp: row.npp }),
      ...(row.nib !== null && { nib: row.nib }),
      regionCode: row.region_code,
      scale: row.scale,
      isVendor: row.is_vendor,
      ...(row.latitude !== null && { location: { latitude: row.latitude, longitude: row.longitude! } }),
    },
    priority: priorityView(priorityOf(judge(facts, law, today), facts, law, today)),
    status: row.status,
    codes: row.codes,
    arrears: arrearsView(row),
    ...(metres !== null && { distanceMetres: Math.ceil(metres) }),
    ...(open && {
      assignment: { inspectionId: open.id, inspector: open.inspector, plannedOn: open.plannedOn },
    }),
  };
}
