import { readFileSync } from 'node:fs';

/** A province (`34`) or a regency or city (`34.01`), by its Kemendagri code. */
export type Region = { code: string; name: string };

export type Regions = {
  has(code: string): boolean;
  name(code: string): string | undefined;
  provinces: readonly Region[];
  /** The regencies and cities of a province; of a regency or city, itself. */
  under(code: string): readonly Region[];
};

const HEADER = 'code,name';
const ROW = /^(\d\d(?:\.\d\d)?),([^,"]+)$/;

/** Reads the regions of Indonesia; throws where a line is malformed, double or without its province. */
export function loadRegions(file: URL = new URL('./data/regions.csv', import.meta.url)): Regions {
  const [header, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  if (header !== HEADER) throw new Error(`regions.csv: header must be ${HEADER}`);
  const names = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const [, code, name] = ROW.exec(line) ?? [];
    const known = code === undefined || names.has(code) || (code.length > 2 && !names.has(code.slice(0, 2)));
    if (known || name === undefined) throw new Error(`regions.csv:${index + 2}: not a region`);
    names.set(code, name);
  }
  const all = [...names].map(([code, name]): Region => ({ code, name }));
  const regencies = all.filter(({ code }) => code.length > 2);
  return {
    has: (code) => names.has(code),
    name: (code) => names.get(code),
    provinces: all.filter(({ code }) => code.length === 2),
    under: (code) => regencies.filter((region) => region.code === code || region.code.startsWith(`${code}.`)),
  };
}
