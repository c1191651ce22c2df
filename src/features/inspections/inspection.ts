import { z } from 'zod';
import type { Day } from '#src/domain/civil.ts';
import { INSPECTION_RECORDERS } from '#src/domain/evidence.ts';
import { INSPECTION_STATES, inspectionState, OUTCOME_KINDS } from '#src/domain/inspections/inspection.ts';
import type { Priority } from '#src/domain/inspections/priority.ts';
import { becauseOf } from '#src/domain/inspections/priority-text.ts';
import { FULL_PRIORITY, PRIORITY_PARTS } from '#src/domain/inspections/weights.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { EmployerName } from '#src/features/employers/employer.ts';
import type { AgencyKind } from '#src/http/actor.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import { DayField, DayOut, IdField, IdOut, InstantOut, text } from '#src/http/fields.ts';
import type { StoredInspection } from './stored-inspection.ts';

/** Agencies that inspect. */
export const INSPECTING = INSPECTION_RECORDERS;
/** Agencies that see what is to be inspected, and what was: never the employers, as a visit is a surprise. */
export const SEEING = [...INSPECTING, 'auditor', 'prosecutor'] as const satisfies AgencyKind[];

const points = z.int().min(0).max(FULL_PRIORITY);

export const PriorityOut = z
  .object({
    points: points.meta({ description: 'Sum of the parts; 0: there is nothing to look at' }),
    parts: z
      .array(
        z.object({
          name: z.enum(PRIORITY_PARTS),
          points,
          weight: points.meta({ description: 'Most points of the part' }),
          because: z
            .object({ id: z.string().max(500), en: z.string().max(500) })
            .meta({ description: 'What the points rest on, in Indonesian and in English' }),
        }),
      )
      .max(PRIORITY_PARTS.length),
  })
  .meta({
    id: 'InspectionPriority',
    description: 'How soon an inspector should go, weighed by the parameter `policy/inspection-weights`',
  });

/** A priority as it goes out. */
export function priorityView({ points, parts }: Priority): z.input<typeof PriorityOut> {
  return {
    points,
    parts: parts.map((part) => ({
      name: part.name,
      points: part.points,
      weight: part.weight,
      because: becauseOf(part),
    })),
  };
}

/** Person who inspects, as the claim `sub` of that person's tokens says. */
export const InspectorField = text(300).meta({
  description: 'Claim `sub` of the person; the caller itself where absent',
});

export const InspectionCreate = z
  .strictObject({
    employer: EmployerField,
    inspector: InspectorField.optional(),
    plannedOn: DayField.optional().meta({
      description: 'Last day of the visit as planned; where absent the term of `policy/inspection-term` runs',
    }),
    note: text(2000).optional(),
  })
  .meta({ id: 'InspectionCreate' });

/** The case of a path. */
export const InspectionParams = z.strictObject({ id: IdField });

const Outcome = z
  .object({
    id: IdOut,
    kind: z.enum(OUTCOME_KINDS),
    on: DayOut,
    found: z.array(z.enum(REASON_CODES)).max(REASON_CODES.length),
    evidenceId: IdOut.optional().meta({ description: 'Evidence that was recorded with it' }),
    note: z.string().max(2000).optional(),
    recordedBy: z.string().max(300),
    recordedAt: InstantOut,
  })
  .meta({ id: 'InspectionOutcome' });

export const Inspection = z
  .object({
    id: IdOut,
    employer: EmployerName,
    agency: z.string().max(100).meta({ description: 'The agency that inspects' }),
    inspector: z.string().max(300),
    plannedOn: DayOut,
    state: z
      .enum(INSPECTION_STATES)
      .meta({ description: 'Computed for today; `overdue`: still to be visited, after the planned day' }),
    claims: z
      .array(z.enum(REASON_CODES))
      .max(REASON_CODES.length)
      .meta({ description: 'Codes of the breaches and warnings on the day of assignment' }),
    priority: PriorityOut.meta({ description: 'On the day of assignment' }),
    note: z.string().max(2000).optional(),
    assignedBy: z.string().max(300),
    recordedAt: InstantOut,
    outcome: Outcome.optional(),
  })
  .meta({ id: 'Inspection', description: 'A case that an inspector was given, with what came of it' });

/** A case as it goes out on a day. */
export function inspectionView(stored: StoredInspection, today: Day): z.input<typeof Inspection> {
  const { priority, ...shown } = stored;
  return { ...shown, state: inspectionState(stored, today), priority: priorityView(priority) };
}
