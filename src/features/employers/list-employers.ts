import { z } from 'zod';
import { EMPLOYER_KINDS } from '#src/domain/employer.ts';
import { normaliseName } from '#src/domain/identifiers.ts';
import { SCALES } from '#src/domain/parameters.ts';
import { actorOf } from '#src/http/access.ts';
import { underRegions, visibleRows } from '#src/http/actor.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { text, yesNo } from '#src/http/fields.ts';
import { sendList } from '#src/http/list.ts';
import type { UseCase } from '#src/http/routes.ts';
import { attributesOf, EMPLOYER_COLUMNS, type EmployerRow } from '#src/registry/index.ts';
import { Employer, RegionCode } from './employer.ts';
import { employerView } from './views.ts';

/** Some letters become many when they are spelt out. */
const LONGEST_NAME = 200;

const Query = z.strictObject({
  ...PageQuery,
  region: RegionCode.optional(),
  scale: z.enum(SCALES).optional(),
  kind: z.enum(EMPLOYER_KINDS).optional(),
  vendor: yesNo.optional().meta({ description: 'Only outsourcing vendors, or only others' }),
  registered: yesNo.optional().meta({ description: 'Only those registered with BPJS, or only others' }),
  q: text(200).optional().meta({ description: 'Name, or part of it; small misspellings are found' }),
});

export const listEmployers: UseCase = (app, deps) => {
  app.get(
    '/v1/employers',
    {
      config: { access: { anyOf: ['registry:read'] }, problems: ['not_acceptable'] },
      schema: {
        operationId: 'listEmployers',
        tags: ['registry'],
        summary: 'List employers',
        querystring: Query,
        response: { 200: pageOf(Employer, 'EmployerPage') },
      },
    },
    async (request, reply) => {
      const { limit, cursor, region, scale, kind, vendor, registered, q } = request.query;
      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const where = [visibleRows(actorOf(request), 'e', bind)];
      if (region) where.push(underRegions([region], 'e', bind));
      if (scale) where.push(`e.scale = ${bind(scale)}`);
      if (kind) where.push(`e.kind = ${bind(kind)}`);
      if (vendor) where.push(`(e.outsourcing_licence is not null) = ${bind(vendor === 'true')}`);
      if (registered) where.push(`(e.registered_on is not null) = ${bind(registered === 'true')}`);
      if (q) {
        const plain = (normaliseName(q) || q.toLowerCase()).slice(0, LONGEST_NAME);
        const part = plain.replace(/[\\%_]/g, '\\$&');
        where.push(`(${bind(plain)} <% e.plain_name or e.plain_name like ${bind(`%${part}%`)})`);
      }
      if (cursor) where.push(`e.employer_id > ${bind(decodeCursor(cursor, ['uuid'])[0])}::uuid`);
      return sendList(deps, request, reply, {
        sql: `select ${EMPLOYER_COLUMNS} from employers e where ${where.join(' and ')} order by e.employer_id`,
        values,
        limit,
        key: (row: EmployerRow) => [row.employer_id],
        view: (row: EmployerRow) => employerView(row.employer_id, attributesOf(row)),
        csv: CSV,
      });
    },
  );
};

const CSV = [
  'id',
  'legalName',
  'npp',
  'nib',
  'npwp',
  'kind',
  'scale',
  'sector',
  'jkkClass',
  'jkkClassOrigin',
  'kbli.code',
  'regionCode',
  'registeredOn',
  'closedOn',
  'outsourcing.licenceNumber',
] as const;
