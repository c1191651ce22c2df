import { z } from 'zod';
import { MAX_WAGE } from '#src/domain/money.ts';
import { PLACEMENT_STATES, SIDES, STATEMENT_KINDS } from '#src/domain/placements/statements.ts';
import { TERM_FIELDS } from '#src/domain/placements/terms.ts';
import { Npwp } from '#src/features/employers/employer.ts';
import { DayField, DayOut, IdField, IdOut, InstantOut, RupiahOut, rule, text } from '#src/http/fields.ts';
import { patchOf } from '#src/http/merge-patch.ts';

const Principal = z
  .strictObject({
    employerId: IdField.optional().meta({ description: 'Id of an employer on record' }),
    name: text(200).optional(),
    npwp: Npwp.optional(),
  })
  .refine(
    ({ employerId, name }) => employerId !== undefined || name !== undefined,
    rule('principal_missing', 'Berikan employerId atau name.', 'Give employerId or name.'),
  )
  .meta({
    id: 'PrincipalStated',
    description:
      'For whom the workers work: an employer on record, or a name with its NPWP where it is known. An id decides; ' +
      'what is given besides must agree with it',
  });

/** What a side says of a contract. */
export const PlacementCreate = z
  .strictObject({
    principal: Principal,
    contractNumber: text(100).meta({
      description: 'As roster lines carry it; compared without regard to case and to blanks around signs',
      examples: ['PKS-7/2026'],
    }),
    procurementReference: text(200).optional(),
    startsOn: DayField,
    endsOn: DayField.optional().meta({ description: 'Last day; without it the contract runs on' }),
    workersContracted: z.int().min(1).max(1_000_000),
    billedMonthlyWage: z
      .int()
      .min(1)
      .max(MAX_WAGE)
      .optional()
      .meta({ description: "What is billed for a worker's wage a month, whole rupiah" }),
    confirmedByPrincipal: z
      .boolean()
      .meta({
        description: "A claim of who declares; it confirms nothing unless the principal's own side says it",
      })
      .optional(),
  })
  .refine(({ startsOn, endsOn }) => endsOn === undefined || endsOn >= startsOn, {
    path: ['endsOn'],
    ...rule('before_start', 'Sebelum startsOn.', 'Before startsOn.'),
  })
  .meta({ id: 'PlacementCreate' });

export const PlacementPatch = patchOf(PlacementCreate).meta({
  id: 'PlacementPatch',
  description: 'JSON Merge Patch (RFC 7396) of the terms: an absent member stays, null removes one',
});

export const PlacementResponse = z
  .strictObject({
    confirmed: z.boolean(),
    reason: text(1000).optional().meta({ description: 'Required where the terms are not confirmed' }),
    terms: patchOf(PlacementCreate)
      .optional()
      .meta({ description: 'What is right instead, as a merge patch of the terms that are not confirmed' }),
  })
  .refine(({ confirmed, reason }) => confirmed || reason !== undefined, {
    path: ['reason'],
    ...rule('required', 'Wajib diisi.', 'Required.'),
  })
  .refine(({ confirmed, terms }) => !confirmed || terms === undefined, {
    path: ['terms'],
    ...rule(
      'confirmed_terms',
      'Ketentuan yang disetujui tidak diganti.',
      'Confirmed terms are not replaced.',
    ),
  })
  .meta({ id: 'PlacementResponse' });

/** The placement of a path. */
export const PlacementParams = z.strictObject({ id: IdField });

const PrincipalOut = z
  .object({
    employerId: IdOut.optional(),
    name: z.string().max(200),
    npwp: z.string().max(16).optional(),
  })
  .meta({ id: 'Principal' });

const terms = {
  principal: PrincipalOut,
  contractNumber: z.string().max(100),
  procurementReference: z.string().max(200).optional(),
  startsOn: DayOut,
  endsOn: DayOut.optional(),
  workersContracted: z.int().min(1),
  billedMonthlyWage: RupiahOut.optional(),
};

/** A term as a side has it. */
const TermOut = z.union([PrincipalOut, z.string().max(200), z.int(), z.null()]).optional();

const Statement = z
  .object({
    id: IdOut,
    kind: z.enum(STATEMENT_KINDS),
    side: z.enum(SIDES),
    agency: z.string().max(100),
    by: z.string().max(300).optional().meta({ description: 'The person or system; for agencies only' }),
    terms: z
      .object({ ...terms, confirmedByPrincipal: z.boolean().optional() })
      .optional()
      .meta({
        id: 'PlacementTerms',
        description: 'Stated, confirmed or held to be right; a bare denial has none',
      }),
    confirmed: z.boolean().optional().meta({ description: 'Of a response' }),
    reason: z.string().max(1000).optional(),
    recordedAt: InstantOut,
  })
  .meta({ id: 'PlacementStatement' });

export const ListedPlacement = z
  .object({
    id: IdOut,
    vendor: z
      .object({ id: IdOut, legalName: z.string().max(200), npp: z.string().max(20).optional() })
      .meta({ id: 'VendorName' }),
    unlicensed: z.literal(true).optional().meta({
      description:
        'The vendor has no outsourcing licence on record (PP 35/2021 art. 20); principals do not see it',
    }),
    ...terms,
    confirmedByPrincipal: z.boolean().meta({
      description:
        'The principal, or the procurement unit as its buyer, has confirmed or itself declared the terms',
    }),
    declaredBy: z.enum(SIDES),
    agency: z.string().max(100).meta({ description: 'Of who declared it' }),
    state: z.enum(PLACEMENT_STATES),
    mismatches: z
      .array(
        z.object({
          field: z.enum(TERM_FIELDS),
          vendor: TermOut,
          principal: TermOut,
          procurementUnit: TermOut,
          agency: TermOut,
        }),
      )
      .max(TERM_FIELDS.length)
      .meta({ description: 'Terms on which the sides differ, as each that stated any has it' }),
    createdAt: InstantOut,
    updatedAt: InstantOut,
  })
  .meta({ id: 'ListedPlacement' });

export const Placement = ListedPlacement.extend({
  statements: z.array(Statement).max(10_000).meta({ description: 'All that was said of it, in order' }),
}).meta({
  id: 'Placement',
  description: 'The newest terms of who declared the contract, and how the other sides stand to them',
});
