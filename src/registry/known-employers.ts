import type { Pool } from 'pg';
import { textArray, uuidArray } from '#src/db/index.ts';
import type { Day } from '#src/domain/civil.ts';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { SummaryRow } from '#src/facts/index.ts';
import { Recent } from '#src/http/recent.ts';
import { SCHEMES, type Scheme } from './record-employers.ts';

/** Employers by identifier, `scheme:value`; there may be others than those of a subject. */
export type Known = ReadonlyMap<string, KnownEmployer>;

/** The summary of an employer, with its attributes at hand. */
export type KnownEmployer = SummaryRow & {
  readonly employer: EmployerAttributes;
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
  /** The employer that a subject's only identifier named when it was last read, if that is remembered. */
  recall(subject: Identified): { known: Known; premise: Premise } | undefined;
};

/** Some kilobytes each: eighty megabytes in all with what one purpose makes of them, a third more for each further one. */
const REMEMBERED = 20_000;

type Remembered = { summary: KnownEmployer; version: string };
type Read = { place: number; version: string | null } & Omit<SummaryRow, 'facts'> & { facts: string };

/**
 * A summary that is remembered for long: its facts are text, but for whoever asks first. As objects they are what makes
 * most of the garbage collector's work, and what follows from them is mostly known.
 */
class RememberedSummary implements KnownEmployer {
  readonly employer_id: string;
  readonly last_recorded_at: Date;
  readonly computed_on: Day;
  readonly ruleset_version: string;
  readonly employer: EmployerAttributes;
  readonly conclusions: unknown[] = [];
  readonly #text: string;
  #fresh: Facts | undefined;

  constructor(row: Read) {
    this.employer_id = row.employer_id;
    this.last_recorded_at = row.last_recorded_at;
    this.computed_on = row.computed_on;
    this.ruleset_version = row.ruleset_version;
    this.#text = row.facts;
    this.#fresh = JSON.parse(row.facts) as Facts;
    this.employer = this.#fresh.employer;
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
        uuidArray(wanted.map(({ last }) => last?.summary.employer_id ?? null)),
        textArray(wanted.map(({ last }) => last?.version ?? null)),
      ],
    });
    const unnamed = new Set(asked.keys());
    for (const row of rows) {
      const { version } = row;
      const { name, last } = wanted[row.place - 1]!;
      unnamed.delete(name);
      if (version === null) known.set(name, last!.summary);
      else {
        const summary = new RememberedSummary(row);
        remembered.set(name, { summary, version });
        known.set(name, summary);
      }
    }
    for (const name of unnamed) remembered.delete(name);
    return known;
  }

  return {
    read,
    recall(subject) {
      const [only, ...others] = SCHEMES.filter((scheme) => subject[scheme] !== undefined);
      if (only === undefined || others.length > 0) return undefined;
      const value = subject[only]!;
      const name = `${only}:${value}`;
      const last = remembered.get(name);
      if (!last) return undefined;
      const { summary, version } = last;
      const premise = { scheme: only, value, employerId: summary.employer_id, version };
      return { known: new Map([[name, summary]]), premise };
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
