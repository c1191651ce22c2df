import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LawDataError } from './law-data-error.ts';

/** The text of each file of the law by its path in the data folder; with it a ruleset can be loaded again. */
export type LawFiles = ReadonlyMap<string, string>;

const DATA = fileURLToPath(new URL('./data', import.meta.url));

/** Files of the folder that are not law. */
const BESIDE: ReadonlySet<string> = new Set(['README.md', 'regions.LICENSE.md', 'regions.csv']);

/** Reads the law's files from a folder; refuses one that would be overlooked for its name. */
export function readLawFiles(folder: string = DATA): LawFiles {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => !BESIDE.has(file))
    .sort();
  const overlooked = files.filter((file) => !file.endsWith('.yaml'));
  if (overlooked.length > 0)
    throw new LawDataError(overlooked.map((file) => `${file}: must be named *.yaml`));
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}
