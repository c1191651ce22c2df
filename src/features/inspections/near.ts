import { z } from 'zod';
import { boxesAround, EARTH_RADIUS_METRES, type Place } from '#src/domain/place.ts';
import { countQuery, rule } from '#src/http/fields.ts';
import { type Fault, Problem } from '#src/http/problem.ts';

const DEGREES = /^(-?\d{1,3}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)$/;
const FARTHEST_METRES = 500_000;

/** Query of a search around a place: both or neither. */
export const NearQuery = {
  near: z
    .string()
    .max(40)
    .transform((given, context): Place => {
      const [, latitude, longitude] = (DEGREES.exec(given) ?? []).map(Number);
      if (latitude !== undefined && longitude !== undefined && isPlace(latitude, longitude))
        return { latitude, longitude };
      context.addIssue({
        code: 'custom',
        ...rule('invalid_place', 'Bukan lintang,bujur dalam derajat.', 'Not latitude,longitude in degrees.'),
      });
      return z.NEVER;
    })
    .optional()
    .meta({
      description: 'Latitude and longitude in degrees: only employers within `radiusMetres` of it',
      pattern: DEGREES.source,
      examples: ['-7.8588,110.1583'],
    }),
  radiusMetres: countQuery(1, FARTHEST_METRES)
    .optional()
    .meta({ description: 'Great-circle distance from `near`, inclusive' }),
};

function isPlace(latitude: number, longitude: number): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

/** A search around a place, if one is asked for; throws 422 where half of it is missing. */
export function circleOf({
  near,
  radiusMetres,
}: {
  near?: Place | undefined;
  radiusMetres?: number | undefined;
}): Circle | undefined {
  if (near && radiusMetres !== undefined) return { ...near, metres: radiusMetres };
  if (near) throw missing('/radiusMetres', 'near');
  if (radiusMetres !== undefined) throw missing('/near', 'radiusMetres');
  return undefined;
}

export type Circle = Place & { metres: number };

function missing(pointer: string, given: string): Problem {
  const fault: Fault = {
    pointer,
    code: 'required',
    detail: { id: `Diperlukan bersama ${given}.`, en: `Needed together with ${given}.` },
  };
  return new Problem('invalid_content', { errors: [fault] });
}

/** SQL text: employers of an alias in the boxes around the circle, as the index by place finds them. */
export function inBoxes(circle: Circle, alias: string, bind: (value: unknown) => string): string {
  const boxes = boxesAround(circle, circle.metres).map(({ south, west, north, east }) => {
    const corners = [west, south, east, north].map((degrees) => `${bind(degrees)}::float8`);
    return `point(${alias}.longitude, ${alias}.latitude) <@ box(point(${corners[0]}, ${corners[1]}), point(${corners[2]}, ${corners[3]}))`;
  });
  return `${alias}.latitude is not null and (${boxes.join(' or ')})`;
}

/** SQL text: metres on the great circle between a place and an employer of an alias (haversine). */
export function metresFrom(
  { latitude, longitude }: Place,
  alias: string,
  bind: (value: unknown) => string,
): string {
  const [from, to] = [`radians(${bind(latitude)}::float8)`, `radians(${alias}.latitude)`];
  const across = `radians(${alias}.longitude - ${bind(longitude)}::float8)`;
  return `2 * ${EARTH_RADIUS_METRES} * asin(least(1, sqrt(
            sin((${to} - ${from}) / 2) ^ 2 + cos(${from}) * cos(${to}) * sin(${across} / 2) ^ 2)))`;
}
