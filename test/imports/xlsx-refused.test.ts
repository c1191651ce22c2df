import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NoRoom } from '#src/imports/endings.ts';
import { readXlsx } from '#src/imports/xlsx.ts';
import { Room } from '#src/imports/xlsx-room.ts';
import { pieces } from './reading.ts';
import { outcome, type Packed, partsOf, textRow, workbookOf, zip } from './workbooks.ts';

const SHEET = 'xl/worksheets/sheet1.xml';
const MiB = 1024 * 1024;
const ROWS = textRow(['npp', 'nama']) + textRow(['S1', 'Siti']);
const PARTS = partsOf({ rows: ROWS, strings: '<si><t>a</t></si>' });
const READ = [
  [1, ['npp', 'nama']],
  [2, ['S1', 'Siti']],
];

function sheetOf(rows: string): string {
  return `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
}

/** The outcome of a workbook that has these files in place of its own. */
function withFiles(files: Record<string, Packed | string>): Promise<unknown> {
  return outcome(zip({ ...PARTS, ...files }));
}

describe('what is no workbook', () => {
  test.each([
    ['nothing', Buffer.alloc(0), 'empty_file'],
    ['a line of text', Buffer.from('npp,nama\nS1,Siti\n'), 'not_a_workbook'],
    ['one byte', Buffer.from('P'), 'not_a_workbook'],
    ['a signature alone', Buffer.from('PK\x03\x04'), 'workbook_damaged'],
    ['an empty archive', zip({}), 'not_a_workbook'],
    ['another archive', zip({ 'content.xml': '<office/>' }), 'not_a_workbook'],
    ['an old or protected workbook', Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'), 'workbook_locked'],
  ])('%s is refused', async (_what, file, code) => {
    expect(await outcome(file)).toBe(code);
  });

  test('a workbook in binary is refused', async () => {
    const rels = PARTS['_rels/.rels']!.replace('workbook.xml', 'workbook.bin');
    expect(await withFiles({ '_rels/.rels': rels, 'xl/workbook.bin': '\x83\x01\0' })).toBe('not_a_workbook');
  });

  test('another document is refused', async () => {
    expect(await withFiles({ 'xl/workbook.xml': '<document/>' })).toBe('not_a_workbook');
    expect(await withFiles({ [SHEET]: '<chartsheet/>' })).toBe('workbook_damaged');
  });
});

test('a sheet that is listed again, or many small ones of nothing, are not read over and over', async () => {
  const book = PARTS['xl/workbook.xml']!;
  const [sheet] = /<sheet [^>]*>/.exec(book)!;
  expect(await withFiles({ 'xl/workbook.xml': book.replace(sheet, sheet.repeat(9)) })).toBe(
    'workbook_damaged',
  );
  const rows = '<row/>'.repeat(2_000_000);
  const sheets = Array.from({ length: 7 }, () => ({ rows }));
  expect(await outcome(workbookOf({ sheets }))).toBe('workbook_unpacks_too_large');
});

describe('an archive that contradicts itself is refused', () => {
  const sheet = (changes: Partial<Packed>) => withFiles({ [SHEET]: { content: PARTS[SHEET]!, ...changes } });

  test('in its checksums and lengths', async () => {
    expect(await sheet({})).toEqual(READ);
    expect(await sheet({ checksum: 1 })).toBe('workbook_damaged');
    expect(await sheet({ unpacked: 5 })).toBe('workbook_damaged');
    expect(await sheet({ unpacked: 500_000 })).toBe('workbook_damaged');
  });

  test('in its names', async () => {
    expect(await sheet({ localName: 'xl/worksheets/sheet2.xml' })).toBe('workbook_damaged');
    const twice = [...Object.entries(PARTS), [SHEET.toUpperCase(), sheetOf('')] as [string, string]];
    expect(await outcome(zip(twice))).toBe('workbook_damaged');
  });

  test('where files lie over each other', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`x${index}`, { content: PARTS[SHEET]!, over: SHEET }]),
    );
    expect(await withFiles(files)).toBe('workbook_damaged');
  });

  test('where a file quotes the header of the next one', async () => {
    // The content of the first is the whole of the second, header and all, in a block that is stored.
    const inner = zip({ 'b.xml': 'b' });
    const whole = zip({ ...PARTS, 'a.xml': { content: inner, stored: true } });
    const directory = whole.indexOf(Buffer.from('a.xml'), whole.indexOf(Buffer.from([0x50, 0x4b, 1, 2])));
    const entry = directory - 46;
    whole.writeUInt32LE(whole.readUInt32LE(entry + 20) + 1, entry + 20);
    expect(await outcome(whole)).toBe('workbook_damaged');
  });

  test('where it is encrypted', async () => {
    expect(await sheet({ flags: 0x801 })).toBe('workbook_locked');
    expect(await sheet({ flags: 0x2841 })).toBe('workbook_locked');
  });

  test('where files are missing', async () => {
    for (const path of ['xl/_rels/workbook.xml.rels', SHEET, 'xl/styles.xml', 'xl/sharedStrings.xml']) {
      const { [path]: _, ...rest } = PARTS;
      expect(await outcome(zip(rest))).toBe('workbook_damaged');
    }
  });

  test('where there are too many formats', async () => {
    const format = '<numFmt numFmtId="164" formatCode="0"/>';
    const rows = '<row r="1"><c t="str"><v>npp</v></c></row>';
    expect(await outcome(workbookOf({ rows, formats: format.repeat(4_097) }))).toBe(
      'workbook_unpacks_too_large',
    );
    expect(await outcome(workbookOf({ rows, formats: format.repeat(4_096) }))).not.toBe(
      'workbook_unpacks_too_large',
    );
  });

  test('where there are too many files', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`x${index}`, '']));
    expect(await withFiles(many)).toBe('workbook_unpacks_too_large');
  });

  test('over several disks, or with anything behind its end', async () => {
    const whole = zip(PARTS);
    const disks = Buffer.from(whole);
    disks.writeUInt16LE(1, disks.length - 18);
    expect(await outcome(disks)).toBe('workbook_damaged');
    expect(await outcome(Buffer.concat([whole, Buffer.from('\n')]))).toBe('workbook_damaged');
  });
});

describe('a bomb is refused', () => {
  const parts = partsOf({ rows: '' });

  test.each([
    ['a sheet of spaces', SHEET, `${sheetOf('')}${' '.repeat(200 * MiB)}`],
    ['a sheet of blank rows', SHEET, sheetOf('<row/>'.repeat(4_000_000))],
    ['shared texts', 'xl/sharedStrings.xml', `<sst>${'<si><t>a</t></si>'.repeat(5_000_000)}</sst>`],
    ['one long text', 'xl/sharedStrings.xml', `<sst><si><t>${'a'.repeat(200 * MiB)}</t></si></sst>`],
    ['styles', 'xl/styles.xml', `<styleSheet>${'<xf/>'.repeat(10_000_000)}</styleSheet>`],
    ['relations', '_rels/.rels', `<Relationships>${' '.repeat(100 * MiB)}</Relationships>`],
  ])('%s', async (_what, path, content) => {
    const file = zip({ ...parts, [path]: content });
    expect(file.length).toBeLessThan(content.length / 250);
    expect(await outcome(file)).toBe('workbook_unpacks_too_large');
  });

  test('whatever it says of its size', async () => {
    const content = `${sheetOf('')}${' '.repeat(100 * MiB)}`;
    expect(await outcome(zip({ ...parts, [SHEET]: { content, unpacked: 100 } }))).toBe('workbook_damaged');
    expect(await outcome(zip({ ...parts, [SHEET]: { content, unpacked: 2 ** 32 - 2 } }))).toBe(
      'workbook_unpacks_too_large',
    );
  });

  test('and what no sheet needs is never unpacked', async () => {
    const media = { content: Buffer.alloc(100 * MiB), unpacked: 3 };
    expect(await withFiles({ 'xl/media/image1.png': media })).toEqual(READ);
  });

  test('by texts that say the same again and again', async () => {
    const strings = `<si><t>${'x'.repeat(8_000)}</t></si>`;
    const rows = `<row>${'<c t="s"><v>0</v></c>'.repeat(9)}</row>`.repeat(1_000);
    const found = (await outcome(workbookOf({ rows, strings }))) as [number, unknown][];
    expect(new Set(found.map(([, what]) => what))).toEqual(new Set(['line_too_long']));
  });

  test('by texts that no row says too often', async () => {
    const strings = `<si><t>${'x'.repeat(8_000)}</t></si>`;
    const rows = `<row>${'<c t="s"><v>0</v></c>'.repeat(8)}</row>`.repeat(10_000);
    expect(await outcome(workbookOf({ rows, strings }))).toBe('workbook_unpacks_too_large');
  });

  test('by entities, which are not looked at', async () => {
    const laughs = Array.from(
      { length: 10 },
      (_, index) => `<!ENTITY lol${index + 1} "${`&lol${index};`.repeat(10)}">`,
    ).join('');
    const bomb = `<!DOCTYPE worksheet [<!ENTITY lol0 "ha">${laughs}]>${sheetOf(textRow(['x']))}`;
    expect(await withFiles({ [SHEET]: bomb })).toBe('workbook_damaged');
    const outside = `<!DOCTYPE worksheet SYSTEM "file:///etc/passwd">${sheetOf(textRow(['x']))}`;
    expect(await withFiles({ [SHEET]: outside })).toBe('workbook_damaged');
    const named = sheetOf('<row><c t="str"><v>&lol9;</v></c></row>');
    expect(await withFiles({ [SHEET]: named })).toBe('workbook_damaged');
  });
});

describe('XML that is not well-formed is refused', () => {
  test.each([
    ['tags that cross', '<row><c></row></c>'],
    ['a tag that is never closed', '<row><c>'],
    ['a tag in a tag', '<row <c/>></row>'],
    ['an attribute that is not closed', '<row r="1></row>'],
    ['an attribute without quotes', '<row r=1></row>'],
    ['an attribute without value', '<row r></row>'],
    ['a bare ampersand', '<row><c t="str"><v>a & b</v></c></row>'],
    ['a reference to no character', '<row><c t="str"><v>&#xD800;</v></c></row>'],
    ['a reference to nothing', '<row><c t="str"><v>&#0;</v></c></row>'],
    ['a reference to what every object has', '<row><c t="str"><v>&constructor;</v></c></row>'],
    ['a tag without a name', '<row>< /></row>'],
    ['a tag without end', `<row ${' '.repeat(500_000)}`],
    ['a comment without end', `<row/><!--${'-'.repeat(500_000)}`],
    ['a nest', '<a>'.repeat(100) + '</a>'.repeat(100)],
    ['a second end', '</sheetData></worksheet></worksheet>'],
    ['a second document', '</sheetData></worksheet><worksheet><sheetData>'],
    ['text behind the end', '</sheetData></worksheet>x<a>'],
  ])('%s', async (_what, rows) => {
    expect(await withFiles({ [SHEET]: sheetOf(rows) })).toBe('workbook_damaged');
  });

  test('no text at all', async () => {
    expect(await withFiles({ [SHEET]: '' })).toBe('workbook_damaged');
    expect(await withFiles({ [SHEET]: 'x' })).toBe('workbook_damaged');
  });
});

describe('memory', () => {
  test('a file beyond 64 MiB is refused as soon as it is one', async () => {
    let sent = 0;
    async function* endless() {
      yield Buffer.from('PK\x03\x04\0\0\0\0');
      for (;;) {
        sent += MiB;
        yield Buffer.alloc(MiB);
      }
    }
    await expect(readXlsx(endless(), new Room(256 * MiB)).next()).rejects.toThrow('workbook_too_large');
    expect(sent).toBe(64 * MiB);
  });

  test('what is taken is given back, however the reading ends', async () => {
    const room = new Room(2 * MiB);
    const whole = zip(PARTS);
    for (const file of [whole, whole.subarray(0, -1), Buffer.alloc(0), Buffer.from('npp'.repeat(100))]) {
      for (let again = 0; again < 10; again++) await outcome(file, room);
    }
    for (let again = 0; again < 10; again++) {
      const lines = readXlsx(pieces(whole), room);
      await lines.next();
      await lines.return(undefined);
    }
    const share = room.share();
    share.take(2 * MiB);
    await expect(readXlsx(pieces(whole), room).next()).rejects.toThrow(NoRoom);
    share.release();
    share.release();
    expect(await outcome(whole, room)).toEqual(READ);
  });
});

test('several workbooks of one owner leave half of the memory to others; a large one alone may take more', () => {
  const room = new Room(8, 4);
  const [large, another, foreign] = [room.share('a'), room.share('a'), room.share('b')];
  large.take(3);
  expect(() => another.take(2)).toThrow(NoRoom);
  another.take(1);
  expect(() => large.take(1)).toThrow(NoRoom);
  foreign.take(4);
  another.release();
  large.take(1);
  foreign.release();
  large.take(4);
  expect(() => foreign.take(1)).toThrow(NoRoom);
  large.release();
  another.take(4);
});

describe('a file that came to harm', () => {
  const whole = workbookOf({
    rows: `${ROWS}<row><c t="s"><v>0</v></c><c s="0"><v>33005</v></c></row>`,
    strings: '<si><t>a</t></si>',
    styles: '<xf numFmtId="14"/>',
  });

  test('is refused wherever it was cut off', async () => {
    for (let end = 4; end < whole.length; end++) {
      expect(await outcome(whole.subarray(0, end))).toBe('workbook_damaged');
    }
  });

  test('says what it said before, or is refused', async () => {
    const right = await outcome(whole);
    const harm = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(harm, async (changes) => {
        const file = Buffer.from(whole);
        for (const [at, by] of changes) file[at]! ^= by;
        const found = await outcome(file);
        if (typeof found !== 'string') expect(found).toEqual(right);
      }),
      { numRuns: 100 },
    );
  });

  test('ends also where its parts are made of anything', async () => {
    const token = fc.constantFrom(
      ...[
        '<row>',
        '</row>',
        '<row r="2"',
        '<c r="A1" t="s">',
        '<c>',
        '</c>',
        '<v>',
        '</v>',
        '<is>',
        '<t>',
        '</t>',
      ],
      ...[
        '<f/>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?',
        '?>',
        '&amp;',
        '&#',
        ';',
        '"',
        "'",
        '<',
        '>',
        '=',
        '/',
        '0',
      ],
    );
    const xml = fc.array(fc.oneof(token, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(xml, fc.constantFrom(...Object.keys(PARTS)), async (tokens, path) => {
        const content = PARTS[path]!;
        const at = content.lastIndexOf('</');
        const file = zip({ ...PARTS, [path]: content.slice(0, at) + tokens.join('') + content.slice(at) });
        expect(['string', 'object']).toContain(typeof (await outcome(file)));
      }),
      { numRuns: 100 },
    );
  });
});
