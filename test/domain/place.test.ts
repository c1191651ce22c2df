import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boxesAround, EARTH_RADIUS_METRES, type Place } from '#src/domain/place.ts';

const RADIANS = Math.PI / 180;

/** The place that lies so many metres from another in a direction, degrees from north. */
function moved({ latitude, longitude }: Place, metres: number, bearing: number): Place {
  const angle = metres / EARTH_RADIUS_METRES;
  const [lat, lon, to] = [latitude * RADIANS, longitude * RADIANS, bearing * RADIANS];
  const sin = Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(to);
  const there = Math.asin(Math.max(-1, Math.min(1, sin)));
  const across = Math.atan2(
    Math.sin(to) * Math.sin(angle) * Math.cos(lat),
    Math.cos(angle) - Math.sin(lat) * Math.sin(there),
  );
  const east = (lon + across) / RADIANS;
  return { latitude: there / RADIANS, longitude: ((((east + 180) % 360) + 360) % 360) - 180 };
}

const place = fc.record({
  latitude: fc.oneof(
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.double({ min: 85, max: 90, noNaN: true }),
    fc.double({ min: -11, max: 6, noNaN: true }),
    fc.constantFrom(-90, 90, 0),
  ),
  longitude: fc.oneof(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: 176, max: 180, noNaN: true }),
    fc.constantFrom(-180, 180, 0),
  ),
});

test('boxes contain every place of the circle, also across the antimeridian and at the poles', () => {
  fc.assert(
    fc.property(
      place,
      fc.integer({ min: 1, max: 500_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 360, noNaN: true }),
      (centre, radius, part, bearing) => {
        const there = moved(centre, radius * part, bearing);
        const inside = boxesAround(centre, radius).some(
          ({ south, west, north, east }) =>
            there.latitude >= south &&
            there.latitude <= north &&
            there.longitude >= west &&
            there.longitude <= east,
        );
        expect(inside, JSON.stringify({ there, boxes: boxesAround(centre, radius) })).toBe(true);
      },
    ),
    { numRuns: 5000 },
  );
});

test('boxes stay on the earth', () => {
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 500_000 }), (centre, radius) => {
      for (const { south, west, north, east } of boxesAround(centre, radius)) {
        expect(south).toBeGreaterThanOrEqual(-90);
        expect(north).toBeLessThanOrEqual(90);
        expect(west).toBeGreaterThanOrEqual(-180);
        expect(east).toBeLessThanOrEqual(180);
        expect(west).toBeLessThanOrEqual(east);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a box is no wider than it must be', () => {
  const [box, ...more] = boxesAround({ latitude: -7.8588, longitude: 110.1583 }, 5000);
  expect(more).toEqual([]);
  expect(box!.north - box!.south).toBeCloseTo(0.0899, 3);
  expect(box!.east - box!.west).toBeCloseTo(0.0908, 3);
});
