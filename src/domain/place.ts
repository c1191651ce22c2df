/** A place on the earth, in degrees: latitude -90 to 90, longitude -180 to 180. */
export type Place = { latitude: number; longitude: number };

/** Places between two latitudes and two longitudes, all inclusive. */
export type Box = { south: number; west: number; north: number; east: number };

/** Mean radius R1 of the earth in metres, as the International Union of Geodesy and Geophysics defines it. */
export const EARTH_RADIUS_METRES = 6_371_008.8;

const DEGREES = 180 / Math.PI;
/** Some ten centimetres more than the circle needs: no rounding may leave its rim outside. */
const MARGIN = 1e-6;

/**
 * Boxes that together contain all places within some metres of one: two where the circle crosses the antimeridian, and
 * of all longitudes where it reaches a pole.
 */
export function boxesAround({ latitude, longitude }: Place, metres: number): Box[] {
  const angle = metres / EARTH_RADIUS_METRES;
  const reach = angle * DEGREES + MARGIN;
  const south = Math.max(-90, latitude - reach);
  const north = Math.min(90, latitude + reach);
  // The circle touches its outermost meridians not at its own latitude but nearer to the pole.
  const width = Math.sin(angle) / Math.cos(latitude / DEGREES);
  if (south === -90 || north === 90 || width >= 1) return [{ south, west: -180, north, east: 180 }];
  const half = Math.asin(width) * DEGREES + MARGIN;
  const [west, east] = [longitude - half, longitude + half];
  if (east - west >= 360) return [{ south, west: -180, north, east: 180 }];
  if (west < -180) return [box(west + 360, 180), box(-180, east)];
  if (east > 180) return [box(west, 180), box(-180, east - 360)];
  return [box(west, east)];

  function box(from: number, to: number): Box {
    return { south, west: from, north, east: to };
  }
}
