import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FRAME_BYTES } from '#src/imports/bundle.ts';
import { HeldLines } from '#src/imports/held-lines.ts';
import { PlainRoster } from '#src/imports/plain-roster.ts';
import { openRows } from '#src/imports/read-rows.ts';
import { rosterRows } from '#src/imports/roster-rows.ts';
import type { RunTable } from '#src/imports/run-table.ts';
import { Room } from '#src/imports/xlsx-room.ts';
import { packRosterLine } from '#src/personal-data/index.ts';
import { pieces } from './reading.ts';

const TODAY = '2026-11-20';
const COLUMNS = {
  npp: [
    'AB000001',
    'AB000002',
    'ab000001',
    'AB-000.001',
    'AB0',
    "'AB000001",
    '',
    'AB000001\t',
    '12E4567',
    '1E+20',
  ],
  periode: ['2026-10', '2026-09', 'Mei 2026', '05/2026', '2026-13', '', '2026-1', '01/10/2026', ' 2026-10'],
  nik: [
    '3401011205900001',
    '3401015205900002',
    '3401013102000003',
    '3401012902000004',
    '3401012902010005',
    '3401010005900001',
    '3401014005900001',
    '3401019905900001',
    '9901011205900001',
    '1001011205900001',
    '3401011213900001',
    '3401011205900000',
    '340101120590001',
    '3401 0112 0590 0006',
    '3.40101E+15',
    "'3401011205900007",
    '',
  ],
  nama: [
    'Siti',
    'I Wayan Sudarma',
    ' Budi',
    'Budi  Santoso',
    'Siti ',
    'José',
    "'Siti",
    '#REF!',
    '#1',
    '="Siti"',
    '=Siti',
    'x'.repeat(200),
    'x'.repeat(201),
    '',
    'Si\tti',
    'Siti, S.E.',
    '2E+15',
    '1.5e15',
    '12E4567',
    'Err:502',
    'Siti + Budi: dua',
    'Si"ti',
  ],
  tgl_lahir: [
    '1990-05-12',
    '12/05/1990',
    '29/02/2000',
    '1900-02-29',
    '31/04/1990',
    '12.05.1990',
    '12 Mei 1990',
    '2026-11-19',
    '2026-11-20',
    '1899-01-01',
    '2200-01-01',
    '1990/05/12',
    '12-05-1990',
    '33005',
    '',
  ],
  upah: [
    '3500000',
    '0',
    '1',
    '999999999',
    '10000000000',
    '10000000001',
    'Rp 3.500.000,00',
    '3.500',
    '-5',
    '1e6',
    '',
    '003500000',
    '3 500',
  ],
  program: ['JKK|JKM|JHT|JP', 'JKK|JKM', 'jkk jkm', 'JKX', '', '|', 'JP'],
  jenis_kelamin: ['L', 'P', 'm', '', 'X'],
  kontrak: [
    '',
    'PKS-7/2026',
    ' PKS',
    'x'.repeat(100),
    'x'.repeat(101),
    'Ä',
    '#N/A',
    '2.5E+15',
    '1.5E15',
    'SPE7/2026',
    '7:8+9',
  ],
  kewarganegaraan: ['', 'ID', 'WNI', 'my', 'MYS'],
  jenis_hubungan_kerja: ['', 'tetap', 'harian lepas', 'daily', 'lain'],
  jkp: ['', 'ya', 'tidak', 'mungkin'],
};

type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as Column[];

/** The first values are plain and right; a line has few others. */
const PLAIN = Object.fromEntries(NAMES.map((name) => [name, COLUMNS[name][0]!])) as Record<Column, string>;
const others = NAMES.flatMap((name) => COLUMNS[name].map((value) => ({ [name]: value })));
const cells = fc
  .array(fc.constantFrom(...others), { maxLength: 2 })
  .map((some): Record<Column, string> => Object.assign({}, PLAIN, ...some));

const line = fc.record({
  cells,
  quoted: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 4095 }) }),
  spoiling: fc.oneof(
    { weight: 20, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'SEP',
        'SEPx',
        '"',
        '\n',
        '\r',
        '\uFFFD',
        '  ',
        'SEPSEPSEP',
        '\0',
        'x'.repeat(9_000),
        'x'.repeat(66_000),
      ),
    },
  ),
  shortened: fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.nat({ max: 12 }) },
  ),
});

const file = fc.record({
  names: fc
    .shuffledSubarray(NAMES, { minLength: 7 })
    .map((some) => [...new Set([...some, ...NAMES.slice(0, 7)])]),
  lines: fc.array(line, { minLength: 8, maxLength: 40 }),
  separator: fc.constantFrom(',', ',', ';', ';', '\t', '|'),
  end: fc.constantFrom('\n', '\n', '\r\n', '\r\n', '\r'),
  start: fc.constantFrom('', '', '\uFEFF', '\n\n', 'sep=SEP\n'),
  wide: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  broken: fc.oneof({ weight: 5, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: fc.nat() }),
  ends: fc.array(fc.nat(), { maxLength: 6 }),
});

type File = typeof file extends fc.Arbitrary<infer Value> ? Value : never;

function bytesOf({ names, lines, separator, end, start, wide, broken }: File): Buffer {
  const written = lines.map(({ cells, quoted, spoiling, shortened }) => {
    const texts = names.map((name, index) =>
      quoted & (1 << index) ? `"${cells[name].replaceAll('"', '""')}"` : cells[name],
    );
    return texts.slice(0, texts.length - shortened).join(separator) + spoiling.replaceAll('SEP', separator);
  });
  const text = start.replace('SEP', separator) + [names.join(separator), ...written].join(end);
  const bytes = wide ? Buffer.from(`\uFEFF${text}`, 'utf16le') : Buffer.from(text);
  if (broken >= 0) bytes[broken % bytes.length] = 0xe2;
  return bytes;
}

/** Everything that reading a file comes to: its lines as they are held, and what is refused. */
async function read(bytes: Buffer, ends: readonly number[], plainToo: boolean) {
  const held = new HeldLines(undefined as unknown as RunTable);
  const plain = plainToo ? new PlainRoster(held, TODAY) : undefined;
  const refused: unknown[] = [];
  let general = 0;
  try {
    const chunks = pieces(bytes, ...ends);
    const rows = await openRows('rosters', 'csv', chunks, rosterRows, TODAY, new Room(0), plain);
    for await (const batch of rows.batches) {
      for (const result of batch) {
        general += 1;
        const { npp = '', period = '' } = result.row;
        if (!result.ok) {
          refused.push([result.line, result.rejections, npp, period]);
          continue;
        }
        const packed = packRosterLine(result.row);
        const at = held.add(npp, period, result.line, packed.length);
        packed.copy(held.block, at);
      }
    }
  } catch (error) {
    refused.push((error as Error).message);
  }
  const taken: unknown[] = [];
  for await (const chunk of held.chunks(5)) {
    for (const { key, lines } of chunk.bundles) {
      for (let at = 0; at < lines.length; ) {
        const end = at + FRAME_BYTES + lines.readUInt32BE(at + 4);
        taken.push([key, lines.readUInt32BE(at), lines.toString('hex', at + FRAME_BYTES, end)]);
        at = end;
      }
    }
  }
  return { result: { taken, refused, lines: general + (plain?.lines ?? 0) }, plain: plain?.lines ?? 0 };
}

test('lines that are read at sight mean what the reader of all lines says', async () => {
  let atSight = 0;
  await fc.assert(
    fc.asyncProperty(file, async (given) => {
      const bytes = bytesOf(given);
      const general = await read(bytes, [], false);
      const mixed = await read(bytes, given.ends, true);
      expect(mixed.result).toEqual(general.result);
      atSight += mixed.plain;
    }),
    { numRuns: 200 },
  );
  expect(atSight).toBeGreaterThan(300);
});

test('any bytes behind a header read the same at sight', async () => {
  const header = Buffer.from(`${NAMES.join(',')}\n`);
  const some = fc.uint8Array({ maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(some, fc.array(fc.nat(), { maxLength: 3 }), async (bytes, ends) => {
      const whole = Buffer.concat([header, bytes]);
      expect((await read(whole, ends, true)).result).toEqual((await read(whole, [], false)).result);
    }),
  );
});

test('what offices send is read at sight, in quotes or not, with any separator', async () => {
  const cells = [
    'AB000001',
    'Oktober 2026',
    '3401011205900001',
    'Siti Aminah',
    '12/05/1990',
    'Rp 3.500.000,00',
    'JKK|JKM',
  ];
  for (const [separator, quote, end] of [
    [',', '"', '\r\n'],
    [';', '', '\n'],
    ['\t', '"', '\n'],
  ] as const) {
    const lines = [NAMES.slice(0, 7), cells, cells].map((texts) =>
      texts.map((text) => `${quote}${text}${quote}`).join(separator),
    );
    const { plain } = await read(Buffer.from(`${lines.join(end)}${end}`), [], true);
    expect(plain).toBe(2);
  }
});
