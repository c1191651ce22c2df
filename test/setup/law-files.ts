import { type LawFiles, readLawFiles } from '#src/law/index.ts';

/** The repository's law with the newest value of some parameters changed, as who edits its files would. */
export function lawWith(values: Record<string, string>, files: LawFiles = readLawFiles()): LawFiles {
  const changed = new Map(files);
  for (const [id, value] of Object.entries(values)) {
    const file = `${id}.yaml`;
    const text = files.get(file) ?? '';
    const at = text.lastIndexOf('value: "');
    if (at < 0) throw new Error(`${file} has no value to change`);
    changed.set(file, text.slice(0, at) + text.slice(at).replace(/value: "[^"]*"/, `value: "${value}"`));
  }
  return changed;
}
