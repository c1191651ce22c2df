import type { RecordedBy } from '#src/db/index.ts';
import { Problem } from './problem.ts';

export const AGENCY_KINDS = [
  'social_security_branch',
  'labour_office',
  'licensing_office',
  'procurement_unit',
  'prosecutor',
  'regional_government',
  'village_government',
  'employer',
  'auditor',
  'operator',
] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];

/** All but companies: who may record what a company's standing rests on, for which its own word is not enough. */
export const PUBLIC_BODIES = AGENCY_KINDS.filter((kind) => kind !== 'employer');

export const SCOPES = [
  'registry:read',
  'registry:write',
  'declarations:write',
  'payments:write',
  'workers:read',
  'workers:identify',
  'compliance:read',
  'checks:create',
  'flags:write',
  'sanctions:write',
  'certificates:issue',
  'evidence:write',
  'reports:read',
  'audit:read',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who calls, as a verified token says. */
export type Actor = {
  client: string;
  agency: string;
  kind: AgencyKind;
  /** Kemendagri codes; an agency sees the employers under them. */
  regions: readonly string[];
  scopes: ReadonlySet<string>;
  /** The person or system that acts. */
  sub: string;
  /** Of an employer's own client: the one employer that it sees. */
  employerId?: string;
};

/** An employer as jurisdiction sees it. */
export type Located = { employerId: string; regionCode: string };

/** Whether the caller sees and touches the employer: its own one, or one under its regions (prefix match). */
export function sees(actor: Actor, employer: Located): boolean {
  if (actor.kind === 'employer') return actor.employerId === employer.employerId;
  return actor.regions.some((region) => covers(region, employer.regionCode));
}

/** Whether `region` is `code` or lies above it. */
export function covers(region: string, code: string): boolean {
  return code === region || code.startsWith(`${region}.`);
}

/** Throws 403 unless the caller may act for the region, as when an employer is created or moved there. */
export function requireRegion(actor: Actor, regionCode: string): void {
  if (actor.kind === 'employer' || !actor.regions.some((region) => covers(region, regionCode))) {
    throw new Problem('outside_jurisdiction');
  }
}

/** Throws 403 unless the caller holds one of the scopes. */
export function requireScope(actor: Actor, ...anyOf: Scope[]): void {
  if (!anyOf.some((scope) => actor.scopes.has(scope))) throw insufficientScope(anyOf);
}

/** Throws 403 unless the caller's agency is of one of the kinds. */
export function requireKind({ kind }: Actor, kinds: readonly AgencyKind[]): void {
  if (kinds.includes(kind)) return;
  throw new Problem('kind_not_allowed', {
    detail: {
      id: `Hanya untuk instansi berjenis ${kinds.join(', ')}.`,
      en: `For agencies of these kinds only: ${kinds.join(', ')}.`,
    },
  });
}

/** Throws 422 where an employer's own client filters by what it does not see of others. */
export function refuseForEmployers({ kind }: Actor, filters: Readonly<Record<string, unknown>>): void {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  if (kind !== 'employer' || given.length === 0) return;
  throw new Problem('invalid_content', {
    errors: given.map(([name]) => ({
      pointer: `/${name}`,
      code: 'for_agencies_only',
      detail: { id: 'Hanya untuk instansi.', en: 'For agencies only.' },
    })),
  });
}

/** The refusal of RFC 6750 section 3.1, naming what would do. */
export function insufficientScope(anyOf: readonly Scope[]): Problem {
  return new Problem('insufficient_scope', {
    detail: {
      id: `Diperlukan salah satu kewenangan: ${anyOf.join(', ')}.`,
      en: `One of these scopes is needed: ${anyOf.join(', ')}.`,
    },
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${anyOf.join(' ')}"` },
  });
}

/** SQL text that restricts rows of an alias with `employer_id` and `region_code` to what the caller sees. */
export function visibleRows(actor: Actor, alias: string, bind: (value: unknown) => string): string {
  if (actor.kind === 'employer') return `${alias}.employer_id = ${bind(actor.employerId ?? null)}`;
  return underRegions(actor.regions, alias, bind);
}

/** SQL text like {@link visibleRows}: also what the caller's own agency recorded, wherever the employer has moved. */
export function visibleOrOwn(
  actor: Actor,
  alias: string,
  recordedBy: string,
  bind: (value: unknown) => string,
): string {
  const visible = visibleRows(actor, alias, bind);
  return actor.kind === 'employer' ? visible : `(${visible} or ${recordedBy} = ${bind(actor.agency)})`;
}

/** SQL text: the alias's `region_code` is one of the regions or below one. */
export function underRegions(
  regions: readonly string[],
  alias: string,
  bind: (value: unknown) => string,
): string {
  const below = regions.map((region) => `${region}.%`);
  return `(${alias}.region_code = any(${bind(regions)}::text[]) or ${alias}.region_code like any(${bind(below)}::text[]))`;
}

/** The provenance that every fact carries. */
export function recordedBy(actor: Actor): RecordedBy {
  const { client, agency, sub, employerId } = actor;
  return { client, agency, sub, ...(employerId !== undefined && { employer: employerId }) };
}
