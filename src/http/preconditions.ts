import { Problem } from './problem.ts';

/** RFC 9110 section 13.1.1; an editor must say which version it has seen: throws 428 without, 412 where it is stale. */
export function requireMatch(given: string | undefined, tag: string): void {
  if (given === undefined) throw new Problem('precondition_required');
  const tags = given.split(',').map((each) => each.trim());
  if (given.trim() !== '*' && !tags.includes(tag)) throw new Problem('precondition_failed');
}
