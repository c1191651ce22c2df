import { posix } from 'node:path';
import { ImportFailure } from './endings.ts';
import type { Archive } from './xlsx-archive.ts';
import { type DateSystem, NumberFormats } from './xlsx-formats.ts';
import type { Share } from './xlsx-room.ts';
import { SharedStrings, SharedStringsSink } from './xlsx-strings.ts';
import { attribute, readWholeXml } from './xlsx-xml.ts';

/** What each of the small parts, and the one with the shared strings, may unpack to. */
const MOST_OF_PART = 16 * 1024 * 1024;
const MOST_OF_STRINGS = 512 * 1024 * 1024;
const MOST_SHEETS = 1_000;
const MOST_RELATIONS = 10_000;

/** What is needed to read the sheets of a workbook. Each sheet is a path inside its archive. */
export type Workbook = {
  sheets: readonly string[];
  strings: SharedStrings;
  formats: NumberFormats;
  /** Formulas are to be computed by whoever opens it: where one of them has 0, nobody may have computed it yet. */
  uncomputed: boolean;
};

type Relation = { id: string; type: string; path: string };

/** Opens a workbook up to its visible sheets, in their order. */
export async function openWorkbook(archive: Archive, share: Share): Promise<Workbook> {
  const root = await relationsOf(archive, '');
  const path = root.find(({ type }) => type === 'officeDocument')?.path;
  // In binary where it is of another kind (.xlsb).
  if (path === undefined || !archive.has(path) || !path.endsWith('.xml'))
    throw new ImportFailure('not_a_workbook');
  const relations = await relationsOf(archive, path);
  const partOf = (wanted: string) => relations.find(({ type }) => type === wanted)?.path;
  const { visible, system, uncomputed } = await readBook(archive, path);
  const sheets = visible.flatMap((id) => {
    const sheet = relations.find((each) => each.id === id);
    if (!sheet) throw new ImportFailure('workbook_damaged');
    // What is no worksheet is a chart, or a macro.
    return sheet.type === 'worksheet' ? [sheet.path] : [];
  });
  const formats = new NumberFormats(system);
  const styles = partOf('styles');
  if (styles !== undefined) await readWholeXml(archive.read(styles, MOST_OF_PART), formats);
  const strings = new SharedStrings(share);
  const shared = partOf('sharedStrings');
  if (shared !== undefined)
    await readWholeXml(archive.read(shared, MOST_OF_STRINGS), new SharedStringsSink(strings));
  return { sheets, strings, formats, uncomputed };
}

type Book = { visible: string[]; system: DateSystem; uncomputed: boolean };

async function readBook(archive: Archive, path: string): Promise<Book> {
  const visible: string[] = [];
  let system: DateSystem = 1900;
  let uncomputed = false;
  let isBook = false;
  await readWholeXml(archive.read(path, MOST_OF_PART), {
    open(name, parent, attributes) {
      if (parent === '') isBook = name === 'workbook';
      if (name === 'workbookPr' && isTrue(attributes, 'date1904')) system = 1904;
      if (name === 'calcPr' && isTrue(attributes, 'fullCalcOnLoad')) uncomputed = true;
      if (name !== 'sheet' || parent !== 'sheets') return;
      if ((attribute(attributes, 'state') ?? 'visible') !== 'visible') return;
      visible.push(attribute(attributes, ':id') ?? '');
      if (visible.length > MOST_SHEETS) throw new ImportFailure('workbook_unpacks_too_large');
    },
  });
  if (!isBook) throw new ImportFailure('not_a_workbook');
  return { visible, system, uncomputed };
}

function isTrue(attributes: string, name: string): boolean {
  return /^(?:1|true)$/.test(attribute(attributes, name) ?? '');
}

/** What a part points to inside the archive; what lies outside of it is never looked at. */
async function relationsOf(archive: Archive, path: string): Promise<Relation[]> {
  const { dir, base } = posix.parse(path);
  const place = posix.join(dir, '_rels', `${base}.rels`);
  const relations: Relation[] = [];
  if (!archive.has(place)) return relations;
  await readWholeXml(archive.read(place, MOST_OF_PART), {
    open(name, _parent, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const target = attribute(attributes, 'Target') ?? '';
      relations.push({
        id: attribute(attributes, 'Id') ?? '',
        type: posix.basename(attribute(attributes, 'Type') ?? ''),
        path: posix.resolve('/', dir, target).slice(1),
      });
      if (relations.length > MOST_RELATIONS) throw new ImportFailure('workbook_unpacks_too_large');
    },
  });
  return relations;
}
