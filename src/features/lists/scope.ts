import type { RowFilter } from '#src/facts/index.ts';
import { type Actor, covers, visibleRows } from '#src/http/actor.ts';

/** What the caller sees of a region, or of all: said province by province, as lists are indexed. */
export function scopeOf(actor: Actor, region: string | undefined): RowFilter {
  if (actor.kind === 'employer') {
    return (alias, bind) =>
      [visibleRows(actor, alias, bind), ...(region ? [inRegions([region], alias, bind)] : [])].join(' and ');
  }
  const regions = region === undefined ? actor.regions : sharedBy(region, actor.regions);
  return (alias, bind) => inRegions(regions, alias, bind);
}

/** What of a region lies in the others. */
function sharedBy(region: string, others: readonly string[]): readonly string[] {
  if (others.some((other) => covers(other, region))) return [region];
  return others.filter((other) => covers(region, other));
}

function inRegions(regions: readonly string[], alias: string, bind: (value: unknown) => string): string {
  const code = `${alias}.region_code`;
  const province = `left(${code}, 2)`;
  const provinces = regions.filter((region) => region.length === 2);
  const regencies = regions.filter((region) => region.length > 2);
  const [first, ...others] = new Set(regions.map((region) => region.slice(0, 2)));
  if (first === undefined || others.length > 0) {
    return `(${province} = any(${bind(provinces)}::text[]) or ${code} = any(${bind(regencies)}::text[]))`;
  }
  const inside = provinces.length > 0 ? '' : ` and ${code} = any(${bind(regencies)}::text[])`;
  return `${province} = ${bind(first)}${inside}`;
}
