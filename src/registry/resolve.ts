import type { Database } from '#src/db/index.ts';
import { sees } from '#src/http/actor.ts';
import type { Known, KnownEmployer } from './known-employers.ts';
import { SCHEMES, type Scheme } from './record-employers.ts';
import { type Candidate, candidatesByName, type Visible } from './resolve-by-name.ts';

/** An employer as somebody knows it; identifiers in their stored form, at least one of them or a name. */
export type Subject = { [S in Scheme]?: string | undefined } & {
  name?: string | undefined;
  regionCode?: string | undefined;
};

/** Who a subject is. */
export type Resolution =
  | { outcome: 'resolved'; found: KnownEmployer }
  | { outcome: 'candidates' | 'conflict'; candidates: Candidate[] }
  | { outcome: 'none' };

/**
 * Who each subject is among the employers that are visible. Identifiers decide; those that contradict one another are
 * a conflict. A name is asked only where no identifier is known, and never resolves.
 *
 * @param known what {@link KnownEmployers} gave for these subjects, and maybe for others with them
 */
export async function resolveSubjects(
  { searcher }: Pick<Database, 'searcher'>,
  known: Known,
  subjects: readonly Subject[],
  visible: Visible,
): Promise<Resolution[]> {
  const identified = subjects.map((subject) => identify(subject, known, visible));
  const named = new Map<string, { name: string; regionCode?: string | undefined }>();
  for (const [index, { name, regionCode }] of subjects.entries()) {
    if (!identified[index] && name !== undefined) named.set(nameKey(name, regionCode), { name, regionCode });
  }
  if (named.size === 0) return identified.map((resolution) => resolution ?? { outcome: 'none' });
  const found = await candidatesByName(searcher, [...named.values()], visible);
  const candidates = new Map([...named.keys()].map((key, index) => [key, found[index]!]));
  return identified.map((resolution, index): Resolution => {
    if (resolution) return resolution;
    const { name, regionCode } = subjects[index]!;
    const alike = name === undefined ? [] : candidates.get(nameKey(name, regionCode))!;
    return alike.length > 0 ? { outcome: 'candidates', candidates: alike } : { outcome: 'none' };
  });
}

/** What the identifiers say; undefined where none of them is known. */
function identify(subject: Subject, known: Known, visible: Visible): Resolution | undefined {
  const given = SCHEMES.filter((scheme) => subject[scheme] !== undefined);
  const found = new Map<string, KnownEmployer>();
  for (const scheme of given) {
    const named = known.get(`${scheme}:${subject[scheme]}`);
    if (named && isVisible(named, visible)) found.set(named.employerId, named);
  }
  const [first, second] = found.values();
  if (!first) return undefined;
  // An identifier that is not on file anywhere may be news; another one on file in its place contradicts.
  const differs = (scheme: Scheme) => (first.employer[scheme] ?? subject[scheme]) !== subject[scheme];
  if (!second && !given.some(differs)) return { outcome: 'resolved', found: first };
  return {
    outcome: 'conflict',
    candidates: [...found.values()].map((claimant) => claimantOf(claimant, subject, given)),
  };
}

/** An employer of a conflict, with the identifiers that speak for it and against it. */
function claimantOf(
  { employerId: id, employer }: KnownEmployer,
  subject: Subject,
  given: readonly Scheme[],
): Candidate {
  const matching = given.filter((scheme) => employer[scheme] === subject[scheme]);
  const differing = given.filter((scheme) => employer[scheme] !== undefined && !matching.includes(scheme));
  return {
    employer: {
      id,
      legalName: employer.legalName,
      ...(employer.npp !== undefined && { npp: employer.npp }),
      regionCode: employer.regionCode,
    },
    score: Math.round((1000 * matching.length) / given.length) / 1000,
    reasons: [
      ...matching.map((scheme) => `${scheme}_matches`),
      ...differing.map((scheme) => `${scheme}_differs`),
    ],
  };
}

function isVisible({ employerId, employer }: KnownEmployer, visible: Visible): boolean {
  return visible === 'everywhere' || sees(visible, { employerId, regionCode: employer.regionCode });
}

function nameKey(name: string, regionCode = ''): string {
  return `${regionCode} ${name}`;
}
