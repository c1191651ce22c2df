import { describe, expect, test } from 'vitest';
import { cellsOf, outcome, partsOf, textRow, workbookOf, zip } from './workbooks.ts';

const TEXT = '<c t="inlineStr"><is><t>a</t></is></c>';

/** The cells of a number under a format of its own, and of a text behind it. */
function shownBy(code: string, stored: string) {
  const formats = `<numFmt numFmtId="164" formatCode="${code}"/>`;
  return cellsOf(`<c s="0"><v>${stored}</v></c>${TEXT}`, { formats, styles: '<xf numFmtId="164"/>' });
}

describe('texts', () => {
  test.each([
    ['shared', '<c t="s"><v>1</v></c>', 'dua'],
    ['shared, in runs, without how they are pronounced', '<c t="s"><v>2</v></c>', 'Siti Aminah'],
    ['their own', '<c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', ' a '],
    [
      'their own in runs',
      '<c t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r></is></c>',
      'ab',
    ],
    ['their own beside a value', '<c t="inlineStr"><is><t>a</t></is><v>7</v></c>', 'a'],
    ['results of a formula', '<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>', 'ax'],
    ['verbatim', '<c t="str"><v><![CDATA[<a & b>]]></v></c>', '<a & b>'],
    ['with references', '<c t="str"><v>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F363;</v></c>', '<>&"\'A🍣'],
    ['with escapes', '<c t="str"><v>a_x000D_b_x005F_x0041__xZZZZ_</v></c>', 'a\rb_x0041__xZZZZ_'],
    ['with comments between', '<c t="str"><v>a<!-- > -->b<?x y?>c</v></c>', 'abc'],
    ['true', '<c t="b"><v>1</v></c>', 'TRUE'],
    ['false', '<c t="b"><v>0</v></c>', 'FALSE'],
    ['errors', '<c t="e"><v>#N/A</v></c>', '#N/A'],
    ['errors of newer kinds', '<c t="e"><v>#SPILL!</v></c>', '#SPILL!'],
    ['errors that nobody knows yet', '<c t="e"><v>#NEW!</v></c>', '#VALUE!'],
    ['formulas that nobody computed', '<c><f>1+1</f></c>', '#VALUE!'],
    ['formulas that nobody computed, with a place for it', '<c><f>1+1</f><v/></c>', '#VALUE!'],
    ['formulas that give a number', '<c><f>1+1</f><v>2</v></c>', '2'],
    ['days in their own type', '<c t="d"><v>1990-05-12T00:00:00Z</v></c>', '1990-05-12'],
    ['times in their own type', '<c t="d"><v>1990-05-12T08:30:00</v></c>', '1990-05-12 08:30:00'],
  ])('%s', async (_what, cell, text) => {
    const strings =
      '<si><t>satu</t></si><si><t>dua</t></si>' +
      '<si><r><t>Siti</t></r><r><t xml:space="preserve"> Aminah</t></r><rPh><t>シティ</t></rPh></si>';
    expect(await cellsOf(cell, { strings })).toEqual([text]);
  });

  test('a shared text that is not there is no text', async () => {
    expect(await cellsOf('<c t="s"><v>1</v></c>', { strings: '<si><t>a</t></si>' })).toBe('workbook_damaged');
    expect(await cellsOf('<c t="s"><v>-1</v></c>', { strings: '<si><t>a</t></si>' })).toBe(
      'workbook_damaged',
    );
    expect(await cellsOf('<c t="s"><v>x</v></c>', { strings: '<si><t>a</t></si>' })).toBe('workbook_damaged');
    expect(await cellsOf('<c t="s"><v/></c><c t="str"><v>b</v></c>')).toEqual(['', 'b']);
  });

  test('more shared texts than are kept ready come back right', async () => {
    const strings = Array.from({ length: 10_000 }, (_, index) => `<si><t>s${index}</t></si>`).join('');
    const places = [0, 4_096, 0, 8_192, 9_999, 5_903];
    const cells = places.map((at) => `<c t="s"><v>${at}</v></c>`).join('');
    expect(await cellsOf(cells, { strings })).toEqual(places.map((at) => `s${at}`));
  });
});

describe('numbers', () => {
  test.each([
    ['4500000', '4500000'],
    ['4.5E6', '4500000'],
    ['4500000.0', '4500000'],
    ['3500000.0000000005', '3500000'],
    ['0.30000000000000004', '0.3'],
    ['110.15830000000001', '110.1583'],
    ['-7.8588', '-7.8588'],
    ['1E-7', '0.0000001'],
    ['999999999999999', '999999999999999'],
    ['3500000.25', '3500000.25'],
    [' 12 ', '12'],
    ['-0', '0'],
    ['', ''],
  ])('%s is %s', async (stored, text) => {
    expect(await cellsOf(`<c><v>${stored}</v></c>${TEXT}`)).toEqual([text, 'a']);
  });

  test('three decimals are never taken for thousands', async () => {
    expect(await cellsOf('<c><v>350.125</v></c><c><v>1.5</v></c>')).toEqual(['350.1250', '1.5']);
  });

  test.each(['3401011206900001', '3.401011206900001E+15', '3401011206900000', '1E15'])(
    '%s has lost digits, and shows it',
    async (stored) => {
      const [text] = (await cellsOf(`<c><v>${stored}</v></c>`)) as string[];
      expect(text).toMatch(/^\d\.\d{14}E\+15$/);
    },
  );

  test('a format of zeros gives leading zeros back', async () => {
    const styles = '<xf numFmtId="164"/>';
    const formats = '<numFmt numFmtId="164" formatCode="00000"/>';
    const cells = '<c s="0"><v>1111</v></c><c s="0"><v>123456</v></c><c s="0"><v>1.5</v></c>';
    expect(await cellsOf(cells, { formats, styles })).toEqual(['01111', '123456', '1.5']);
  });

  test.each([
    ['&quot;INV-&quot;0000', 'INV-0007'],
    ['&quot;KW-&quot;0', 'KW-7'],
    ['\\K\\W\\-0000', 'KW-0007'],
    ['0000&quot;/2026&quot;;-0', '0007/2026'],
    ['&quot;a;b&quot;00', 'a;b07'],
    ['_(&quot;INV_2026_[a]*&quot;00_)', 'INV_2026_[a]*07'],
    ['&quot;PT Nomor &quot;000', 'PT Nomor 007'],
    ['&quot;Rp&quot;0', '7'],
    ['[$Rp-421] 0', '7'],
    ['[Red]0&quot; orang&quot;', '7'],
    ['&quot;Rp &quot;#,##0', '7'],
    ['000&quot; hari&quot;', '007 hari'],
    ['000&quot; orang&quot;', '007'],
    ['&quot;Rp&quot;#,##0&quot;/hari&quot;', 'Rp7/hari'],
    ['&quot;Rp&quot;#,##0&quot; per bulan&quot;', '7'],
    ['0&quot; bulan&quot;', '7 bulan'],
    ['#,##0,', '7,,'],
    ['#,##0,.00', '7,,'],
    ['#,##0.00,,', '7,,'],
    ['#,##0,-', '7,,-'],
    ['0###', '0007'],
    ['0##-####', '000-0007'],
    ['#,##0.\\-', '7'],
    ['&quot;0&quot;@', '7'],
    ['#,##0;-#,##0;&quot;x&quot;@', '7'],
    ['-#,###', '-7'],
    ['IDR #,##0', '7'],
    ['0&quot; CPMI&quot;', '7'],
    ['&quot;Rp :&quot;#,##0', '7'],
    ['#,##0&quot; ORG&quot;', '7'],
    ['#,##0.00\\ &quot;Rp&quot;', '7'],
    ['0&quot;,-&quot;', '7'],
    ['#,##0&quot; ribu&quot;', '7 ribu'],
    ['0&quot;juta&quot;', '7juta'],
    ['#,##0&quot;.000&quot;', '7.000'],
    ['#,##0.00&quot; USD&quot;', '7 USD'],
    ['&quot;US$&quot; #,##0', 'US$ 7'],
    ['[$$-409]#,##0', '$7'],
    ['$#,##0.00', '$7'],
    ['[$USD] 0', 'USD 7'],
    ['€General', '€7'],
    ['#,##0%', '7%'],
    ['&quot;INV-&quot;0000&quot;/X-&quot;00', 'INV-0000/X-07'],
    ['0000-0000', '0000-0007'],
    ['00\\.00', '00.07'],
    ['&quot;Rp&quot;#,##0.-', '7'],
    ['[$Rp-421]#,##0.--', '7'],
    ['+#,##0;-#,##0', '7'],
    ['# ##0', '7'],
    ['#\\.###\\.##0', '7'],
    ['[$Rupiah-421] #,##0', '7'],
    ['&quot;Rp&quot;#,##0&quot;/bln&quot;', '7'],
    ['0&quot; orang pekerja&quot;', '7'],
    ['&quot;US$ &quot;0.00E+00', 'US$ 7'],
    ['# ?/?&quot; ribu&quot;', '7 ribu'],
    ['[$Rp.-421]0000', '0007'],
    ['_-&quot;Rp&quot;* #,##0_-;\\-&quot;Rp&quot;* #,##0_-;_-&quot;Rp&quot;* &quot;-&quot;??_-;_-@_-', '7'],
    ['_([$IDR]\\ * #,##0_);_([$IDR]\\ * \\(#,##0\\);_([$IDR]\\ * &quot;-&quot;_);_(@_)', '7'],
    ['[=7]&quot;L&quot;;[=2]&quot;P&quot;', 'L'],
    ['[=1]&quot;L&quot;;[=2]&quot;P&quot;', '7'],
    ['[=1]&quot;L&quot;;[&lt;&gt;2]&quot;P&quot;', 'P'],
    ['&quot;Ya&quot;;;&quot;Tidak&quot;', 'Ya'],
    ['[=0]&quot;Nihil&quot;;#,##0', '7'],
    ['[&gt;=1000]#\\.##0;0', '7'],
    ['[&lt;10]&quot;di bawah &quot;0;0', 'di bawah 7'],
    [';;;', '7'],
  ])('text of a format belongs to a number, but for currencies and units: %s is %s', async (code, text) => {
    expect(await shownBy(code, '7')).toEqual([text, 'a']);
  });
});

describe('days', () => {
  const dayOf = async (serial: string, format: string | number, properties = '') => {
    const id = typeof format === 'number' ? format : 164;
    const formats = typeof format === 'number' ? '' : `<numFmt numFmtId="164" formatCode="${format}"/>`;
    const book = { formats, properties, styles: `<xf numFmtId="0"/><xf numFmtId="${id}"/>` };
    return ((await cellsOf(`<c s="1"><v>${serial}</v></c>${TEXT}`, book)) as string[])[0];
  };

  test.each([
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['60', '1900-02-29'],
    ['61', '1900-03-01'],
    ['33005', '1990-05-12'],
    ['46296', '2026-10-01'],
    ['33005.354166666664', '1990-05-12 08:30:00'],
    ['33004.999999999996', '1990-05-12'],
    ['33005.99999998843', '1990-05-12 23:59:59'],
    ['33005.999994', '1990-05-12 23:59:59'],
    ['2958465', '9999-12-31'],
    ['2958466', '2958466'],
    ['0', '0'],
    ['-1', '-1'],
  ])('%s is %s', async (serial, day) => {
    expect(await dayOf(serial, 14)).toBe(day);
  });

  test('those of 1904 are counted from there', async () => {
    expect(await dayOf('0', 14, 'date1904="1"')).toBe('1904-01-01');
    expect(await dayOf('31543', 14, 'date1904="true"')).toBe('1990-05-12');
    expect(await dayOf('31543', 14, 'date1904="0"')).toBe('1986-05-11');
  });

  test.each([14, 15, 16, 18, 19, 20, 21, 22, 27, 36, 45, 46, 47, 50, 58])(
    'format %i is that of a day',
    async (id) => {
      expect(await dayOf('33005', id)).toBe('1990-05-12');
    },
  );

  test.each([0, 1, 2, 3, 4, 11, 12, 13, 23, 37, 44, 48, 49])('format %i is that of a number', async (id) => {
    expect(await dayOf('33005', id)).toBe('33005');
  });

  test.each([
    ['dd/mm/yyyy', '2026-10-15'],
    ['[$-421]dd mmmm yyyy;@', '2026-10-15'],
    ['yyyy&quot;-&quot;mm&quot;-&quot;dd', '2026-10-15'],
    ['d\\ mmm\\ yy', '2026-10-15'],
    ['m/d/yy h:mm AM/PM', '2026-10-15'],
    ['[h]:mm', '2026-10-15'],
    ['mmm-yy', '2026-10'],
    ['mmmm yyyy', '2026-10'],
    ['[$-421]mmmm\\ yyyy;@', '2026-10'],
    ['mm/yyyy', '2026-10'],
    ['yyyy-mm', '2026-10'],
    ['General', '46310'],
    ['#,##0', '46310'],
    ['&quot;Rp&quot;#,##0', '46310'],
    ['[Red]#,##0', '46310'],
    ['_-[$Rp-421]* #,##0_-', '46310'],
    ['0 &quot;orang&quot;', '46310'],
    ['0.00E+00', '46310'],
    ['0;dd/mm/yyyy', '46310'],
    ['[=0]&quot;&quot;;dd/mm/yyyy', '2026-10-15'],
    ['[&lt;1]&quot;-&quot;;d-mmm-yy', '2026-10-15'],
    ['@', '46310'],
  ])('format %s shows %s', async (format, text) => {
    expect(await dayOf('46310', format)).toBe(text);
  });

  test('format 17 is that of a month', async () => {
    expect(await dayOf('46310', 17)).toBe('2026-10');
  });
});

test('a number beyond the places of its format stands in front of them', async () => {
  const styles = '<xf numFmtId="164"/><xf numFmtId="165"/>';
  const formats =
    '<numFmt numFmtId="164" formatCode="0000-0000"/><numFmt numFmtId="165" formatCode="&quot;US$ &quot;0"/>';
  const cells = ['123456789', '123', '-123', '3401011206900001', '1.5'].map(
    (each) => `<c s="0"><v>${each}</v></c>`,
  );
  const dollars = '<c s="1"><v>4501.25</v></c><c s="1"><v>-5</v></c>';
  expect(await cellsOf(cells.join('') + dollars, { formats, styles })).toEqual([
    '12345-6789',
    '0000-0123',
    '-123',
    '3.40101120690000E+15',
    '1.5',
    'US$ 4501.25',
    '-5',
  ]);
});

test.each([
  ['&quot;Ya&quot;;;&quot;Tidak&quot;', '0', 'Tidak'],
  ['&quot;Ya&quot;;&quot;Kurang&quot;', '0', 'Ya'],
  ['[=0]&quot;Nihil&quot;;#,##0', '0', 'Nihil'],
  ['[=0]&quot;-&quot;;#,##0', '0', '0'],
  ['#,##0;-#,##0;&quot;—&quot;', '0', '0'],
  ['#,##0;-#,##0;-#', '0', '0'],
  ['_-&quot;Rp&quot;* #,##0_-;-&quot;Rp&quot;* #,##0_-;_-&quot;Rp&quot;* &quot;-&quot;??_-;_-@_-', '0', '0'],
  ['_-&quot;Rp&quot;* #,##0_-;-&quot;Rp&quot;* #,##0_-;_-&quot;Rp&quot;* &quot;-&quot;_-;_-@_-', '0', '0'],
  ['#,##0;[Red]#,##0', '-7', '-7'],
  ['#,##0;\\(#,##0\\)', '-7', '-7'],
  ['[&gt;=1000]#\\.##0;0', '1500', '1500'],
])('the section that shows a number is the one for it: %s shows %s as %s', async (code, stored, text) => {
  expect(await shownBy(code, stored)).toEqual([text, 'a']);
});

test('a formula with 0 says nothing where formulas are to be computed yet', async () => {
  const cells = '<c><f>ROW()</f><v>0</v></c><c><f>1+1</f><v>2</v></c><c><v>0</v></c>';
  expect(await cellsOf(cells, { properties: 'codeName="x"' })).toEqual(['0', '2', '0']);
  expect(await cellsOf(cells, { computing: 'fullCalcOnLoad="1"' })).toEqual(['#VALUE!', '2', '0']);
});

describe('rows', () => {
  test('are those of the sheet, in its numbers; blank ones and what trails are left out', async () => {
    const rows =
      `<row r="2"><c r="B2" t="str"><v>x</v></c><c r="D2" s="3"/></row><row r="4"/>` +
      `<row r="6"><c r="A6"><v> </v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>`;
    expect(await outcome(workbookOf({ rows }))).toEqual([
      [2, ['', 'x']],
      [1_048_576, ['1']],
    ]);
  });

  test('and cells may leave out their places', async () => {
    const rows = `<row>${TEXT}<c/>${TEXT}</row><row r="5">${TEXT}<c r="C5"><v>1</v></c><c><v>2</v></c></row>`;
    expect(await outcome(workbookOf({ rows }))).toEqual([
      [1, ['a', '', 'a']],
      [5, ['a', '', '1', '2']],
    ]);
  });

  test.each([
    ['rows in another order', '<row r="3"/><row r="2"/>'],
    ['a row twice', '<row r="3"/><row r="3"/>'],
    ['a row of no number', '<row r="x"/>'],
    ['cells in another order', '<row r="1"><c r="B1"/><c r="A1"/></row>'],
    ['a cell twice', '<row r="1"><c r="B1"/><c r="B1"/></row>'],
    ['a cell of another row', '<row r="1"><c r="B2"/></row>'],
    ['a column that no sheet has', '<row r="1"><c r="XFE1"/></row>'],
    ['a place that is none', '<row r="1"><c r="1"/></row>'],
    ['two values', '<row><c><v>1</v><v>2</v></c></row>'],
    ['a type that is none', '<row><c t="q"><v>1</v></c></row>'],
  ])('%s are no sheet', async (_what, rows) => {
    expect(await outcome(workbookOf({ rows }))).toBe('workbook_damaged');
  });

  test('more of them than a sheet has are refused', async () => {
    expect(await outcome(workbookOf({ rows: '<row r="1048577"/>' }))).toBe('workbook_unpacks_too_large');
  });

  test('one that is too wide or too long is refused for itself', async () => {
    const rows = [
      textRow(Array.from({ length: 100 }, () => 'a')),
      textRow(Array.from({ length: 101 }, () => 'a')),
      `<row><c r="A3" t="str"><v>a</v></c><c r="XFD3"/></row>`,
      textRow(['a', 'x'.repeat(8_193), 'b']),
      textRow(Array.from({ length: 9 }, () => 'x'.repeat(8_000))),
      textRow(['a\uFFFDb']),
      textRow(['b']),
    ];
    const book = { rows: rows.join('') };
    const codes = ((await outcome(workbookOf(book))) as [number, unknown][]).map(([, what]) =>
      Array.isArray(what) ? what.length : what,
    );
    expect(codes).toEqual([100, 'too_many_columns', 1, 'text_too_long', 'line_too_long', 'invalid_utf8', 1]);
  });

  test('a shared text that is too long refuses the rows that have it', async () => {
    const strings = `<si><t>${'x'.repeat(8_193)}</t></si><si><t>b</t></si>`;
    const rows = '<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>';
    expect(await outcome(workbookOf({ rows, strings }))).toEqual([
      [1, 'text_too_long'],
      [2, ['b']],
    ]);
  });
});

describe('sheets', () => {
  const records = (value: string) => textRow(['NPP', 'nama']) + textRow(['S1', value]);
  const notes = textRow(['Petunjuk pengisian']);
  const second = (found: unknown) => (Array.isArray(found) ? found[1]?.[1]?.[1] : found);

  test.each([
    ['the only one', [{ rows: records('a') }], 'a'],
    ['the first', [{ rows: records('a') }, { rows: notes }], 'a'],
    ['the one with records', [{ rows: notes }, { rows: '' }, { rows: records('c') }], 'c'],
    ['none that is hidden', [{ rows: records('a'), state: 'hidden' }, { rows: records('b') }], 'b'],
    ['none that is very hidden', [{ rows: records('a'), state: 'veryHidden' }, { rows: records('b') }], 'b'],
    ['not two', [{ rows: records('a') }, { rows: records('b') }], 'several_sheets'],
  ])('%s is read', async (_what, sheets, found) => {
    expect(second(await outcome(workbookOf({ sheets })))).toBe(found);
  });

  test('where none has records the first is read', async () => {
    expect(await outcome(workbookOf({ sheets: [{ rows: notes }, { rows: textRow(['x']) }] }))).toEqual([
      [1, ['Petunjuk pengisian']],
    ]);
    expect(await outcome(workbookOf({}))).toEqual([]);
  });

  test('what stands around the rows is passed over', async () => {
    const around = (data: string) =>
      `<sheetViews><sheetView/></sheetViews>${data}<extLst><ext><x14:c xmlns:x14="x"><xm:f>A1</xm:f></x14:c></ext></extLst>`;
    expect(await outcome(workbookOf({ sheets: [{ rows: textRow(['x']), around }] }))).toEqual([[1, ['x']]]);
  });
});

describe('parts', () => {
  const rows = textRow(['npp', 'é🍣']);
  const read = [[1, ['npp', 'é🍣']]];
  const plain = partsOf({ rows });
  const SHEET = 'xl/worksheets/sheet1.xml';

  test.each([
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${plain[SHEET]}`)],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${plain[SHEET]}`, 'utf16le')],
    ['UTF-16 in the other order', Buffer.from(`\uFEFF${plain[SHEET]}`, 'utf16le').swap16()],
  ])('are read in %s', async (_what, content) => {
    expect(await outcome(zip({ ...plain, [SHEET]: { content } }))).toEqual(read);
  });

  test('may be written with prefixes', async () => {
    const content = plain[SHEET]!.replace(/<(\/?)(?=[a-z])/g, '<$1x:');
    expect(await outcome(zip({ ...plain, [SHEET]: content }))).toEqual(read);
  });

  test('may be stored, streamed, or placed in 64 bits', async () => {
    const all = (how: object) =>
      zip(Object.fromEntries(Object.entries(plain).map(([path, content]) => [path, { content, ...how }])));
    expect(await outcome(all({ stored: true }))).toEqual(read);
    expect(await outcome(all({ descriptor: true }))).toEqual(read);
    expect(await outcome(all({ long: true }))).toEqual(read);
    expect(await outcome(zip(plain, { long: true }))).toEqual(read);
    expect(await outcome(zip(plain, { comment: 'PK\x05\x06 dibuat dengan tangan' }))).toEqual(read);
  });

  test('are found by their relations, wherever they are', async () => {
    const moved = { ...plain, 'Lain/Lembar.XML': plain[SHEET]! };
    delete (moved as Record<string, string>)[SHEET];
    const rels = plain['xl/_rels/workbook.xml.rels']!;
    const at = (target: string) => ({
      ...moved,
      'xl/_rels/workbook.xml.rels': rels.replace('worksheets/sheet1.xml', target),
    });
    expect(await outcome(zip(at('../lain/lembar.xml')))).toEqual(read);
    expect(await outcome(zip(at('/lain/./lembar.xml')))).toEqual(read);
    expect(await outcome(zip(at('../../../lain/lembar.xml')))).toEqual(read);
    expect(await outcome(zip(at('http://example.org/lembar.xml')))).toBe('workbook_damaged');
  });

  test('come in pieces of any size', async () => {
    const file = workbookOf({ rows });
    const ends = Array.from({ length: file.length }, (_, index) => index);
    expect(await outcome(file, undefined, ...ends)).toEqual(read);
  });
});
