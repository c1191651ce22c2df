import { periodOf } from '#src/domain/civil.ts';
import { JP } from '#src/domain/rules/programme-mask.ts';
import { type DeclaredRoster, recordDeclarations } from '#src/facts/index.ts';
import { recordedBy } from '#src/http/actor.ts';
import { employersByIdentifier } from './employers-by-identifier.ts';
import { mask } from './mask.ts';
import { type Applying, type Bundle, type LineFault, nothingYet, type Plan } from './plan.ts';
import { type RosterRow, rosterRows } from './roster-rows.ts';

/** In how many lines of a group a fault is named that all of them share. */
const MOST_NAMED = 1_000;

type Fault = LineFault<'rosters'>;

/**
 * Rosters: a group is an employer and a month, taken whole or not at all. A line whose month cannot be read may belong
 * to any month of its employer, so none of them in the file is taken; a line whose employer cannot be read rejects
 * itself alone.
 */
export function rosterPlan(): Plan<'rosters', RosterRow> {
  /** Employers with such a line. Its bundle comes before the employer's others, as its month is ''. */
  let incomplete = new Set<string>();
  return {
    reader: rosterRows,
    linesAtOnce: 5_000,
    keyOf: ({ npp = '', period = '' }) => ({ npp, period }),
    async apply(applying, tx, bundles) {
      const employers = await employersByIdentifier(
        tx,
        applying.actor,
        'npp',
        bundles.map(({ key }) => key.npp),
      );
      // Bundles come employer by employer: only that of the first may have begun in the chunk before.
      incomplete = incomplete.intersection(new Set([bundles[0]!.key.npp]));
      const outcome = nothingYet<'rosters'>();
      const rosters: DeclaredRoster[] = [];
      for (const bundle of bundles) {
        const { key, lines, unread } = bundle;
        if (key.period === '') incomplete.add(key.npp);
        const employerId = employers.get(key.npp);
        const faults = faultsOf(applying, bundle, employerId !== undefined);
        for (const fault of faults) outcome.faults.push(fault);
        if (employerId === undefined || faults.length + unread > 0 || incomplete.has(key.npp)) {
          outcome.groupsRejected += 1;
          outcome.linesRejected += lines.length + unread;
          continue;
        }
        outcome.groupsAccepted += 1;
        outcome.linesAccepted += lines.length;
        rosters.push({ employerId, period: key.period, lines: lines.map(({ row }) => row) });
      }
      const by = recordedBy(applying.actor);
      if (rosters.length > 0) await recordDeclarations(applying.deps, tx, by, rosters, applying.importId);
      return outcome;
    },
  };
}

function faultsOf({ deps, today }: Applying, bundle: Bundle<RosterRow>, employerKnown: boolean): Fault[] {
  const { key, lines, oversized } = bundle;
  if (oversized) return [{ line: lines[0]!.line, code: 'group_too_large' }];
  const { law } = deps;
  const future = key.period > periodOf(today);
  const early = key.period < law.firstPeriod;
  const ceilingMissing = !future && !early && law.at(key.period).jpCeiling === undefined;
  const seen = new Set<string>();
  const faults: Fault[] = [];
  for (const [index, { line, row }] of lines.entries()) {
    const named = index < MOST_NAMED;
    if (named && !employerKnown)
      faults.push({ line, column: 'npp', value: row.npp, code: 'employer_not_found' });
    if (named && (future || early)) {
      const code = future ? 'in_future' : 'before_programmes';
      faults.push({ line, column: 'period', value: row.period, code });
    }
    if (ceilingMissing && row.programmes & JP) {
      faults.push({ line, column: 'programmes', code: 'parameter_not_published' });
    }
    if (seen.has(row.nik)) {
      faults.push({ line, column: 'nik', value: mask(row.nik, true), code: 'duplicate_nik' });
    }
    seen.add(row.nik);
  }
  return faults;
}
