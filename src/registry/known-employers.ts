import type { Pool } from 'pg';
import { textArray, uuidArray } from '#src/db/index.ts';
import type { Day, Instant } from '#src/domain/civil.ts';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { SummaryRow } from '#src/facts/index.ts';
import { Recent } from '#src/http/recent.ts';
import { SCHEMES, type Scheme } from './record-employers.ts';

/** Employers by identifier, `scheme:value`; there may be others than those of a subject. */
export type Known = ReadonlyMap<string, KnownEmployer>;

/** An employer that an identifier names, with its attributes at hand. */
export type KnownEmployer = {
  readonly employerId: string;
  readonly employer: EmployerAttributes;
  /** Answers for now; not there for whom an identifier named in the past. */
  readonly summary?: KnownSummary;
};

export type KnownSummary = SummaryRow & {
  /**
   * For those who work something out from it and want to find it again as long as it is remembered. A WeakMap beside it
   * would have the garbage collector stop everything while it looks through twenty thousand entries.
   */
  readonly conclusions: unknown[];
};

type Identified = { [S in Scheme]?: string | undefined };

/** What must be so in the database where somebody rests on what is remembered: who is named, and its summary. */
export type Premise = { scheme: Scheme; value: string; employerId: string; version: string };

/** The employers, wherever they are, that the identifiers of subjects name. */
export type KnownEmployers = {
  /** Reads them as they are at this moment. */
  read(subjects: readonly Identified[]): Promise<Known>;
  /** Reads whom they named, and how those were on record, as far as it was recorded by then. */
  readPast(subjects: readonly Identified[], knownAt: Instant): Promise<Known>;
  /** The employer that a subject's only identifier named when it was last read, if that is remembered. */
  recall(subject: Identified): { known: Known; premise: Premise } | undefined;
};

/** Some kilobytes each: eighty megabytes in all with what one purpose makes of them, a third more for each further one. */
const REMEMBERED = 20_000;

type Remembered = { known: KnownEmployer; version: string };
type Read = { place: number; version: string | null } & Omit<SummaryRow, 'facts'> & { facts: string };

/**
 * A summary that is remembered for long: its facts are text, but for whoever asks first. As objects they are what makes
 * most of the garbage collector's work, and what follows from them is mostly known.
 */
class RememberedSummary implements KnownSummary {
  readonly employer_id: string;
  readonly last_recorded_at: Date;
  readonly computed_on: Day;
  readonly ruleset_version: string;
  readonly conclusions: unknown[] = [];
  readonly #text: string;
  #fresh: Facts | undefined;

  constructor(row: Read, facts: Facts) {
    this.employer_id = row.employer_id;
    this.last_recorded_at = row.last_recorded_at;
    this.computed_on = row.computed_on;
    this.ruleset_version = row.ruleset_version;
    this.#text = row.facts;
    this.#fresh = facts;
  }

  get facts(): Facts {
    const fresh = this.#fresh;
    this.#fresh = undefined;
    return fresh ?? (JSON.parse(this.#text) as Facts);
  }
}

/**
 * Summaries are large, and mostly as they were when they were last read: the database is asked about each every time,
 * and sends those only that have another version than is remembered. A summary that is unchanged is the same object.
 */
export function openKnownEmployers(pool: Pool): KnownEmployers {
  const remembered = new Recent<string, Remembered>(REMEMBERED);

  async function read(subjects: readonly Identified[]): Promise<Known> {
    const asked = identifiersOf(subjects);
    const known = new Map<string, KnownEmployer>();
    if (asked.size === 0) return known;
    const wanted = [...asked].map(([name, [scheme, value]]) => ({
      name,
      scheme,
      value,
      last: remembered.get(name),
    }));
    const { rows } = await pool.query<Read>({
      name: 'read known employers',
      // A row without a version is as it is remembered: xmin changes with every change of a row.
      text: `select w.place, s.xmin::text as version, s.employer_id, s.last_recorded_at, s.computed_on,
                    s.ruleset_version, s.facts::text
             from unnest($1::text[], $2::text[], $3::uuid[], $4::text[]) with ordinality
               as w (scheme, value, employer_id, version, place)
             join employer_identifiers i on i.scheme = w.scheme and i.value = w.value
             left join summaries s on s.employer_id = i.employer_id
               and (i.employer_id = w.employer_id and s.xmin::text = w.version) is not true`,
      values: [
        textArray(wanted.map(({ scheme }) => scheme)),
        textArray(wanted.map(({ value }) => value)),
        uuidArray(wanted.map(({ last }) => last?.known.employerId ?? null)),
        textArray(wanted.map(({ last }) => last?.version ?? null)),
      ],
    });
    const unnamed = new Set(asked.keys());
    for (const row of rows) {
      const { version } = row;
      const { name, last } = wanted[row.place - 1]!;
      unnamed.delete(name);
      if (version === null) known.set(name, last!.known);
      else {
        const facts = JSON.parse(row.facts) as Facts;
        const { employerId, employer } = facts;
        const fresh = { employerId, employer, summary: new RememberedSummary(row, facts) };
        remembered.set(name, { known: fresh, version });
        known.set(name, fresh);
      }
    }
    for (const name of unnamed) remembered.delete(name);
    return known;
  }

  async function readPast(subjects: readonly Identified[], knownAt: Instant): Promise<Known> {
    const asked = [...identifiersOf(subjects)];
    if (asked.length === 0) return new Map();
    const numbers = [
      textArray(asked.map(([, [scheme]]) => scheme)),
      textArray(asked.map(([, [, value]]) => value)),
    ];
    // Whoever is giving one of them up, or has just, is waited for: it may have been recorded by then.
    await pool.query({
      name: 'identifiers at rest',
      text: `select 1 from employer_identifiers i join unnest($1::text[], $2::text[]) as w (scheme, value)
             using (scheme, value) for share of i`,
      values: numbers,
    });
    const { rows } = await pool.query<{ name: string; employer_id: string; attributes: EmployerAttributes }>({
      name: 'read employers known then',
      // Where clocks differ two may have had it at a time: the later one counts.
      text: `select w.name, h.employer_id, c.attributes
             from unnest($1::text[], $2::text[], $4::text[]) as w (scheme, value, name)
             cross join lateral (
               select employer_id from employer_identifiers i where i.scheme = w.scheme and i.value = w.value
               union select employer_id from former_identifiers f where f.scheme = w.scheme and f.value = w.value
             ) h
             cross join lateral (
               select recorded_at, change_id, attributes from employer_changes c
               where c.employer_id = h.employer_id and c.recorded_at <= $3
               order by recorded_at desc, change_id desc limit 1
             ) c
             where c.attributes ->> w.scheme = w.value
             order by c.recorded_at, c.change_id`,
      values: [...numbers, knownAt, textArray(asked.map(([name]) => name))],
    });
    return new Map(
      rows.map(({ name, employer_id: employerId, attributes: employer }) => [name, { employerId, employer }]),
    );
  }

  return {
    read,
    readPast,
    recall(subject) {
      const [only, ...others] = SCHEMES.filter((scheme) => subject[scheme] !== undefined);
      if (only === undefined || others.length > 0) return undefined;
      const value = subject[only]!;
      const name = `${only}:${value}`;
      const last = remembered.get(name);
      if (!last) return undefined;
      const { known, version } = last;
      const premise = { scheme: only, value, employerId: known.employerId, version };
      return { known: new Map([[name, known]]), premise };
    },
  };
}

function identifiersOf(subjects: readonly Identified[]): Map<string, [Scheme, string]> {
  const identifiers = new Map<string, [Scheme, string]>();
  for (const subject of subjects) {
    for (const scheme of SCHEMES) {
      const value = subject[scheme];
      if (value !== undefined) identifiers.set(`${scheme}:${value}`, [scheme, value]);
    }
  }
  return identifiers;
}
