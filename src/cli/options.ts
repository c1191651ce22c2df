import { AGENCY_KINDS, type AgencyKind, SCOPES, type Scope } from '#src/http/actor.ts';
import { loadRegions, type Regions } from '#src/law/index.ts';
import { Refusal } from './refusal.ts';

/** The value of an option that cannot be left out. */
export function required(value: string | undefined, option: string): string {
  if (!value?.trim()) throw new Refusal(`--${option} is missing`);
  return value.trim();
}

/** Scopes separated by spaces. */
export function parseScopes(text: string): Scope[] {
  return pick(text.split(/\s+/), SCOPES, 'scope');
}

export function parseKind(text: string): AgencyKind {
  return pick([text], AGENCY_KINDS, 'kind')[0] as AgencyKind;
}

/** Region codes separated by commas. */
export function parseRegions(text: string, regions: Regions = loadRegions()): string[] {
  const codes = text.split(',').map((code) => code.trim());
  const unknown = codes.find((code) => !regions.has(code));
  if (unknown !== undefined)
    throw new Refusal(`there is no region '${unknown}': 34 is a province, 34.01 a regency`);
  return [...new Set(codes)];
}

function pick<T extends string>(given: string[], known: readonly T[], what: string): T[] {
  const unknown = given.find((each) => !(known as readonly string[]).includes(each));
  if (unknown !== undefined)
    throw new Refusal(`there is no ${what} '${unknown}': it is one of ${known.join(', ')}`);
  return [...new Set(given)] as T[];
}
