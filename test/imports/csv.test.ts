import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '#src/imports/csv.ts';
import { MAX_LINE } from '#src/imports/lines.ts';
import { all, brief, pieces } from './reading.ts';

const read = async (text: string | Buffer, ...ends: number[]) =>
  brief(await all(readCsv(pieces(Buffer.from(text), ...ends))));

describe('cells', () => {
  test.each([
    ['comma', 'a,b\n1,2\n'],
    ['semicolon', 'a;b\r\n1;2\r\n'],
    ['tab', 'a\tb\r1\t2'],
    ['bar', 'a|b\n1|2'],
    ['quotes', '"a";"b"\r\n"1";"2"'],
    ['byte order mark', '\uFEFFa;b\n1;2'],
  ])('%s', async (_name, text) => {
    expect(await read(text)).toEqual([
      [1, ['a', 'b']],
      [2, ['1', '2']],
    ]);
  });

  test('a bar inside cells does not separate columns', async () => {
    expect(await read('npp;JKK|JKM|JHT|JP\n1;JKK|JKM')).toEqual([
      [1, ['npp', 'JKK|JKM|JHT|JP']],
      [2, ['1', 'JKK|JKM']],
    ]);
  });

  test.each(['sep=;\r\n', '\uFEFF"sep=;"\n', 'SEP=;\n'])(
    'the separator that Excel states: %j',
    async (first) => {
      expect(await read(`${first}a,b;c\n1,5;2`)).toEqual([
        [2, ['a,b', 'c']],
        [3, ['1,5', '2']],
      ]);
    },
  );

  test('quoted separators, doubled quotes and line breaks keep to their cell', async () => {
    expect(await read('a,b\n"1,5","say ""hi"""\r\n"x\r\ny\nz",2\n3,4')).toEqual([
      [1, ['a', 'b']],
      [2, ['1,5', 'say "hi"']],
      [3, ['x\r\ny\nz', '2']],
      [6, ['3', '4']],
    ]);
  });

  test('quotes inside an unquoted cell are text', async () => {
    expect(await read('a,b\nPT "Maju",="012"')).toEqual([
      [1, ['a', 'b']],
      [2, ['PT "Maju"', '="012"']],
    ]);
  });

  test('blank lines and empty rows are passed over and counted', async () => {
    expect(await read('\n\r\na;b\n;\n  \n1;2\n;;;\n\n')).toEqual([
      [3, ['a', 'b']],
      [6, ['1', '2']],
    ]);
  });

  test('an empty file has no lines', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('\uFEFF')).toEqual([]);
    expect(await read('sep=;')).toEqual([]);
  });
});

describe('encodings', () => {
  const text = 'npp\tnama\r\n1\tŠiti 𝒜\r\n';
  const lines = [
    [1, ['npp', 'nama']],
    [2, ['1', 'Šiti 𝒜']],
  ];

  test.each(['utf8', 'utf16le'] as const)('%s with a byte order mark', async (encoding) => {
    expect(await read(Buffer.from(`\uFEFF${text}`, encoding), 5, 6, 17, 31)).toEqual(lines);
  });

  test('UTF-16 big endian', async () => {
    expect(await read(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), 7)).toEqual(lines);
  });

  test('bytes that are no character reject their line only', async () => {
    const file = Buffer.concat([
      Buffer.from('a,b\n1,Si'),
      Buffer.from([0xff, 0xe2, 0x82]),
      Buffer.from('ti\n2,Budi\n'),
    ]);
    expect(await read(file)).toEqual([
      [1, ['a', 'b']],
      [2, 'invalid_utf8'],
      [3, ['2', 'Budi']],
    ]);
  });

  test('a character cut off by the end of the file', async () => {
    expect(await read(Buffer.concat([Buffer.from('a,b\n1,x'), Buffer.from([0xe2, 0x82])]))).toEqual([
      [1, ['a', 'b']],
      [2, 'invalid_utf8'],
    ]);
  });
});

describe('limits', () => {
  const long = 'x'.repeat(MAX_LINE);

  test.each(['\n', '\r\n', '\r'])('a line that is too long, ended by %j', async (end) => {
    expect(await read(['a,b', `${long}${long},2`, '1,2'].join(end), 9, MAX_LINE, MAX_LINE + 9)).toEqual([
      [1, ['a', 'b']],
      [2, 'line_too_long'],
      [3, ['1', '2']],
    ]);
  });

  test('a header that is too long', async () => {
    expect(await read(`${long},a\n1,2`)).toEqual([
      [1, 'line_too_long'],
      [2, ['1', '2']],
    ]);
  });

  test('a quote that is never closed costs its own line', async () => {
    const rest = Array.from({ length: 9000 }, (_, index) => `${index},12345678`);
    for (const count of [2, 9000]) {
      const lines = await read(['a,b', '1,"2', ...rest.slice(0, count)].join('\n'));
      expect(lines[1]).toEqual([2, 'unterminated_quote']);
      expect(lines.slice(2)).toEqual(rest.slice(0, count).map((text, index) => [index + 3, text.split(',')]));
    }
  });

  test('where no cell breaks, a quote that a later line closes costs the line that it opens in and no other', async () => {
    const file = 'a;b\n1;"\n2;x\r\n3;y"\r4;"z"\n';
    for (const end of [undefined, ...Array.from({ length: file.length }, (_, index) => index)]) {
      const lines = await all(
        readCsv(pieces(Buffer.from(file), ...(end === undefined ? [] : [end])), { cellsBreak: false }),
      );
      expect(brief(lines)).toEqual([
        [1, ['a', 'b']],
        [2, 'unterminated_quote'],
        [3, ['2', 'x']],
        [4, ['3', 'y"']],
        [5, ['4', 'z']],
      ]);
    }
  });

  test('text after a closing quote costs its own line', async () => {
    expect(await read('a;b\n"Siti;"2"\n"Budi";"3"')).toEqual([
      [1, ['a', 'b']],
      [2, 'misplaced_quote'],
      [3, ['Budi', '3']],
    ]);
  });

  test('more columns than any file has', async () => {
    expect(await read(`a,b\n${','.repeat(100)}\n1,2`)).toEqual([
      [1, ['a', 'b']],
      [2, 'too_many_columns'],
      [3, ['1', '2']],
    ]);
  });
});

const awkward = fc.array(
  fc.constantFrom('a', 'é', '𝒜', '"', '""', ',', ';', '\r', '\n', '\r\n', ' ', '\uFFFD', 'x'.repeat(40_000)),
  { maxLength: 40 },
);

test('where the bytes are cut makes no difference', async () => {
  await fc.assert(
    fc.asyncProperty(awkward, fc.array(fc.nat(), { maxLength: 6 }), async (parts, ends) => {
      const bytes = Buffer.from(`a,b\n${parts.join('')}`);
      expect(await read(bytes, ...ends)).toEqual(await read(bytes));
    }),
  );
});

test('what is written well is read back, whatever blocks it falls into', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', '|'), maxLength: 6 });
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n', '\r'), async (written, end) => {
      const filled = written.map((row) => ['k', ...row]);
      const text = [['a', 'b', 'c', 'd'], ...filled]
        .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
        .join(end);
      const filler = `"${'x'.repeat(60_000)}","","",""${end}`.repeat(5);
      const lines = await all(readCsv(pieces(Buffer.from(`"a","b","c","d"${end}${filler}${text}`))));
      expect(lines.slice(7).map(({ cells }) => cells)).toEqual(filled);
    }),
    { numRuns: 40 },
  );
});

test('any bytes are read without an exception', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(), async (bytes, end) => {
      await read(Buffer.from(bytes), end);
    }),
  );
});
