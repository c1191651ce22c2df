import { Problem } from './problem.ts';

const OFFERED = ['application/json', 'text/csv', 'application/x-ndjson'] as const;

/** The form of a list that the caller prefers (RFC 9110 section 12.5.1); throws 406 where it takes none of ours. */
export function negotiate(accept: string | undefined): (typeof OFFERED)[number] {
  if (accept === undefined || accept.trim() === '') return 'application/json';
  const ranges = accept.split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
  });
  const scored = OFFERED.map((type) => {
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
