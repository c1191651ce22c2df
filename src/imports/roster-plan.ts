import { periodOf } from '#src/domain/civil.ts';
import { JP } from '#src/domain/rules/programme-mask.ts';
import { type EncodedDeclaration, pauses, recordEncoded } from '#src/facts/index.ts';
import { recordedBy } from '#src/http/actor.ts';
import {
  encodePacked,
  nikAt,
  type PackedLines,
  packRosterLine,
  programmesAt,
} from '#src/personal-data/index.ts';
import { type Bundle, FRAME_BYTES } from './bundle.ts';
import { employersByIdentifier } from './employers-by-identifier.ts';
import { mask } from './mask.ts';
import { PlainRoster } from './plain-roster.ts';
import { type Applying, type LineFault, nothingYet, type Plan } from './plan.ts';
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
  /** The employer of the newest bundle, if it has such a line: in the order of keys, the month '' comes first. */
  let incomplete: string | undefined;
  return {
    reader: rosterRows,
    pack: packRosterLine,
    plainLines: (held, today) => new PlainRoster(held, today),
    linesAtOnce: 10_000,
    chunksAtOnce: 3,
    keyOf: ({ npp = '', period = '' }) => ({ npp, period }),
    foresee(bundles) {
      for (const bundle of bundles) {
        if (bundle.key.period === '') incomplete = bundle.key.npp;
        if (bundle.key.npp === incomplete) bundle.spoilt = true;
      }
    },
    async apply(applying, tx, bundles) {
      const employers = await employersByIdentifier(
        tx,
        applying.actor,
        'npp',
        bundles.map(({ key }) => key.npp),
      );
      const outcome = nothingYet<'rosters'>();
      const rosters: EncodedDeclaration[] = [];
      const pause = pauses();
      for (const bundle of bundles) {
        await pause();
        const { key, count, unread, spoilt } = bundle;
        const employerId = employers.get(key.npp);
        const packed = packedLines(bundle);
        // What is encoded is shorter than what was framed, unless there is nothing.
        const { content, repeated } = encodePacked(packed, count > 0 ? bundle.spare : undefined);
        const faults = faultsOf(applying, bundle, packed, repeated, employerId !== undefined);
        for (const fault of faults) outcome.faults.push(fault);
        if (employerId === undefined || faults.length + unread > 0 || spoilt) {
          outcome.groupsRejected += 1;
          outcome.linesRejected += count + unread;
          continue;
        }
        outcome.groupsAccepted += 1;
        outcome.linesAccepted += count;
        rosters.push({ employerId, period: key.period, content });
      }
      const by = recordedBy(applying.actor);
      if (rosters.length > 0) await recordEncoded(applying.deps, tx, by, rosters, applying.importId);
      return outcome;
    },
  };
}

/** The lines of a bundle without their frames. */
function packedLines({ count, lines }: Bundle): PackedLines {
  const places = new Uint32Array(count * 2);
  const [starts, ends] = [places.subarray(0, count), places.subarray(count)];
  for (let index = 0, at = 0; index < count; index += 1) {
    starts[index] = at + FRAME_BYTES;
    ends[index] = at = starts[index]! + lines.readUInt32BE(at + 4);
  }
  return { bytes: lines, starts, ends };
}

function faultsOf(
  { deps, today }: Applying,
  { key, count, lines, oversized }: Bundle,
  { starts }: PackedLines,
  repeated: readonly number[],
  employerKnown: boolean,
): Fault[] {
  const lineAt = (index: number) => lines.readUInt32BE(starts[index]! - FRAME_BYTES);
  if (oversized) return [{ line: lineAt(0), code: 'group_too_large' }];
  const { law } = deps;
  const future = key.period > periodOf(today);
  const early = key.period < law.firstPeriod;
  const ceilingMissing = !future && !early && law.at(key.period).jpCeiling === undefined;
  if (employerKnown && !future && !early && !ceilingMissing && repeated.length === 0) return [];
  const again = new Set(repeated);
  const faults: Fault[] = [];
  for (let index = 0; index < count; index += 1) {
    const line = lineAt(index);
    const named = index < MOST_NAMED;
    if (named && !employerKnown)
      faults.push({ line, column: 'npp', value: key.npp, code: 'employer_not_found' });
    if (named && (future || early)) {
      const code = future ? 'in_future' : 'before_programmes';
      faults.push({ line, column: 'period', value: key.period, code });
    }
    if (ceilingMissing && programmesAt(lines, starts[index]!) & JP) {
      faults.push({ line, column: 'programmes', code: 'parameter_not_published' });
    }
    if (again.has(index)) {
      faults.push({
        line,
        column: 'nik',
        value: mask(nikAt(lines, starts[index]!), true),
        code: 'duplicate_nik',
      });
    }
  }
  return faults;
}
