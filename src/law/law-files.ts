import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LawDataError } from './law-data-error.ts';

/** The text of each file of the law by its path in the data folder; with it a ruleset can be loaded again. */
export type LawFiles = ReadonlyMap<string, string>;

const DATA = fileURLToPath(new URL('./data', import.meta.url));

/** Reads the law's files from a folder; refuses one that would be overlooked for its name. */
export function readLawFiles(folder: string = DATA): LawFiles {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
  const misnamed = files.filter((file) => /\.(yml|json)$/.test(file));
  if (misnamed.length > 0) throw new LawDataError(misnamed.map((file) => `${file}: must be named *.yaml`));
  return new Map(
    files
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
}
