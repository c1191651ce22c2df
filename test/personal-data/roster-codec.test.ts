import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf } from '#src/domain/rules/roster-columns.ts';
import {
  decodeRoster,
  encodePacked,
  encodeRoster,
  openKeyRing,
  packRosterLine,
  type RosterLine,
  rosterColumns,
  rosterPlace,
} from '#src/personal-data/index.ts';
import { keyFolder } from './folder.ts';

const LINE: RosterLine = {
  nik: '3404075201900001',
  name: 'Siti Aminah',
  birthDate: '1990-01-12',
  citizenship: 'ID',
  wage: 3_500_000,
  programmes: 15,
};

const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('José', 'Jose\u0301', ' I  Wayan\tSudarma\n', '𝔖iti', '\ud800', '', 'Ni\u2000Made'),
);

const line: fc.Arbitrary<RosterLine> = fc.record(
  {
    nik: fc.oneof(fc.stringMatching(/^\d{16}$/), fc.constantFrom('0000000000000001', '9999999999999999')),
    name: texts,
    birthDate: fc
      .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    citizenship: fc.oneof(fc.constant('ID'), fc.stringMatching(/^[A-Z]{2}$/)),
    wage: fc.oneof(fc.maxSafeNat(), fc.nat(20_000_000)),
    programmes: fc.integer({ min: 0, max: 15 }),
    sex: fc.constantFrom('M', 'F'),
    jkp: fc.boolean(),
    employmentType: fc.constantFrom('permanent', 'fixed_term', 'daily', 'outsourced'),
    placementContract: texts,
  },
  { requiredKeys: ['nik', 'name', 'birthDate', 'citizenship', 'wage', 'programmes'] },
);

function tidy(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(/\s+/g, ' ').trim();
}

function stored({ placementContract = '', ...rest }: RosterLine): RosterLine {
  const contract = tidy(placementContract);
  return { ...rest, name: tidy(rest.name), ...(contract && { placementContract: contract }) };
}

describe('a roster', () => {
  test('comes back whole, in the order of NIK', () => {
    fc.assert(
      fc.property(fc.uniqueArray(line, { selector: ({ nik }) => nik, maxLength: 30 }), (lines) => {
        const expected = lines.map(stored).sort((a, b) => (a.nik < b.nik ? -1 : 1));
        expect(decodeRoster(encodeRoster(lines))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('has the same bytes in any order, also where a NIK stands twice', () => {
    const pair = fc.array(line, { maxLength: 20 }).chain((lines) => {
      const doubled = lines.flatMap((one) => [one, { ...one, wage: 1 }, { ...one, name: 'Lain' }]);
      return fc.tuple(
        fc.constant(doubled),
        fc.shuffledSubarray(doubled, { minLength: doubled.length, maxLength: doubled.length }),
      );
    });
    fc.assert(
      fc.property(pair, ([lines, shuffled]) => {
        expect(encodeRoster(shuffled)).toEqual(encodeRoster(lines));
      }),
    );
  });

  test('encoded, decoded and encoded again is the same', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const once = encodeRoster(lines);
        expect(encodeRoster(decodeRoster(once))).toEqual(once);
      }),
    );
  });

  test('differs where any field does', () => {
    const others: Partial<RosterLine>[] = [
      { nik: '3404075201900002' },
      { name: 'Siti Aminah B' },
      { birthDate: '1990-01-13' },
      { sex: 'F' },
      { citizenship: 'MY' },
      { wage: 3_500_001 },
      { programmes: 7 },
      { jkp: false },
      { jkp: true },
      { employmentType: 'daily' },
      { placementContract: 'K-1' },
    ];
    const encodings = [{}, ...others].map((other) => encodeRoster([{ ...LINE, ...other }]).toString('hex'));
    expect(new Set(encodings).size).toBe(others.length + 1);
  });

  test('leaves the lines that it was given as they were', () => {
    const lines = Object.freeze([
      Object.freeze({ ...LINE, nik: '9' + LINE.nik.slice(1) }),
      Object.freeze(LINE),
    ]);
    encodeRoster(lines);
    expect(lines[1]).toBe(LINE);
  });

  test('of nobody is one too', () => {
    expect(decodeRoster(encodeRoster([]))).toEqual([]);
  });

  test.each<[keyof RosterLine, unknown]>([
    ['nik', '340407520190001'],
    ['birthDate', '1990-02-30'],
    ['citizenship', 'id'],
    ['wage', -1],
    ['wage', 1.5],
    ['wage', 2 ** 53],
    ['programmes', 16],
    ['programmes', 1.5],
    ['sex', 'L'],
    ['employmentType', 'casual'],
  ])('with %s %s is refused by line and field, without the value', (field, value) => {
    expect(() => encodeRoster([LINE, { ...LINE, [field]: value }])).toThrow(
      new RangeError(`roster line 1: ${field} cannot be encoded`),
    );
  });

  test('cut short or of another version is refused', () => {
    const encoded = encodeRoster([LINE]);
    const other = Buffer.from(encoded);
    other[0] = 2;
    for (const bytes of [Buffer.alloc(0), encoded.subarray(0, 4), encoded.subarray(0, 20), other]) {
      expect(() => decodeRoster(bytes)).toThrow(expect.objectContaining({ code: 'roster_malformed' }));
    }
  });
});

describe('an encoded roster', () => {
  test('tells in columns what its lines tell', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const encoded = encodeRoster(lines);
        expect(rosterColumns(encoded)).toEqual(columnsOf(decodeRoster(encoded)));
      }),
    );
  });

  test('gives the lines at some places as it gives them all', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.func(fc.boolean()), (lines, isWanted) => {
        const encoded = encodeRoster(lines);
        const wanted = decodeRoster(encoded).filter((_, place) => isWanted(place));
        expect(decodeRoster(encoded, (place) => isWanted(place))).toEqual(wanted);
      }),
    );
  });

  test('tells where a NIK stands, and whether it does', () => {
    const lines = fc.uniqueArray(line, { selector: ({ nik }) => nik, minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(lines, ([absent, ...present]) => {
        const encoded = encodeRoster(present);
        for (const [place, { nik }] of decodeRoster(encoded).entries())
          expect(rosterPlace(encoded, nik)).toBe(place);
        expect(rosterPlace(encoded, absent!.nik)).toBe(-1);
      }),
    );
  });

  test('gives the blind indexes of its NIKs in their order', () => {
    const ring = openKeyRing(keyFolder());
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const encoded = encodeRoster(lines);
        const each = decodeRoster(encoded).map(({ nik }) => ring.blindIndex(nik));
        expect(ring.blindIndexes(encoded)).toEqual(Buffer.concat(each));
      }),
    );
  });
});

test('of lines with one NIK all but the first are repetitions, whatever else they say', () => {
  const niks = fc.constantFrom('3404075201900001', '3404075201900002', '3404075201900003');
  const lines = fc.array(fc.record({ nik: niks, name: fc.constantFrom('Ani', 'Budi', 'Zul') }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(lines, (some) => {
      const packed = some.map((each) => packRosterLine({ ...LINE, ...each }));
      const ends = Uint32Array.from(packed, (_, index) => Buffer.concat(packed.slice(0, index + 1)).length);
      const starts = Uint32Array.from(packed, ({ length }, index) => ends[index]! - length);
      const { repeated } = encodePacked({ bytes: Buffer.concat(packed), starts, ends });
      const expected = some.flatMap(({ nik }, place) =>
        some.findIndex((each) => each.nik === nik) < place ? [place] : [],
      );
      expect(repeated.toSorted((a, b) => a - b)).toEqual(expected);
    }),
  );
});
