import { Problem } from './problem.ts';

/**
 * The media type that the caller prefers of those offered, the first where it does not care (RFC 9110 section 12.5.1);
 * throws 406 where it takes none.
 */
export function negotiate<T extends string>(accept: string | undefined, offered: readonly [T, ...T[]]): T {
  if (accept === undefined || accept.trim() === '') return offered[0];
  const ranges = accept.split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
  });
  const scored = offered.map((type) => {
    const matching = ranges
      .filter((range) => matches(range.type, type))
      .sort((a, b) => weight(b.type) - weight(a.type));
    return { type, quality: matching[0]?.quality ?? 0 };
  });
  const best = scored.reduce((a, b) => (b.quality > a.quality ? b : a));
  if (best.quality === 0) throw new Problem('not_acceptable');
  return best.type;
}

function matches(range: string, type: string): boolean {
  return range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}

function weight(range: string): number {
  return range === '*/*' ? 0 : range.endsWith('/*') ? 1 : 2;
}
