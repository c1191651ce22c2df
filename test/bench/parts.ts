import { type Day, dayOf } from '#src/domain/civil.ts';
import { benchBatches } from './batches.ts';
import { benchCapacity, firstDay } from './capacity.ts';
import { benchChecks } from './checks.ts';
import { benchCitus } from './citus.ts';
import { benchColdStart } from './cold-start.ts';
import { benchAssessment, benchVerdict } from './engine.ts';
import { benchExport } from './export.ts';
import { benchFreshness } from './freshness.ts';
import { benchLists } from './lists.ts';
import { openNation } from './open-nation.ts';
import { benchOverload } from './overload.ts';
import { benchPartitions } from './partitions.ts';
import { openPlace, type Place } from './place.ts';
import { benchRecompute } from './recompute.ts';
import { benchRosterImport } from './roster-import.ts';
import type { Row } from './row.ts';
import { giveStandings } from './standings.ts';

/** How much is measured. */
export type Sizes = {
  employers: number;
  lines: number;
  /** Employers that single checks are asked about, more than a process remembers. */
  asked: number;
  /** Employers of the country, and of the small one beside it. */
  nation: number;
  small: number;
  batch: number;
  payments: number;
  /** Months of rosters, and checks, whose room is measured. */
  months: number;
  checks: number;
  /** Seconds of load on single checks, and of overload. */
  seconds: number;
  overload: number;
  rounds: number;
  /** Where nations that are only read are kept, for later parts and perhaps for later runs. */
  keep: string;
  /** The address of an empty database on a coordinator of Citus, where there is one. */
  citus: string | undefined;
};

const LIST_ROUNDS = 40;

/** What is only measured when it is asked for: it takes minutes and gigabytes of disk, or a cluster of Citus. */
export const ASKED_ONLY: readonly string[] = ['capacity', 'partitions', 'citus'];

/** What can be measured, each on places of its own but for the nations that are kept. */
export const PARTS: Record<string, (sizes: Sizes) => Promise<Row[]>> = {
  engine: async () => [assessmentRow(), ...verdictRows()],
  checks: ({ asked, seconds, rounds }) =>
    onStandings(asked, (place) => benchChecks(place, { seconds, rounds })),
  batches: ({ batch }) => onStandings(batch, (place) => benchBatches(place)),
  'roster-import': ({ employers, lines }) => on(employers, (place) => benchRosterImport(place, { lines })),
  recompute: ({ employers, lines, rounds }) => benchRecompute({ employers, lines, rounds }),
  lists: async ({ nation, small, keep }) => {
    const [few, many] = [await openNation(small, keep), await openNation(nation, keep)];
    const rows = await benchLists(few, many, { rounds: LIST_ROUNDS });
    await few.close();
    await many.close();
    return rows;
  },
  export: async ({ nation, keep, rounds }) => {
    const many = await openNation(nation, keep);
    const rows = await benchExport(many, { rounds });
    await many.close();
    return rows;
  },
  freshness: async ({ small, payments }) => {
    const few = await openNation(small, undefined);
    const rows = await benchFreshness(few, { payments });
    await few.close();
    return rows;
  },
  'cold-start': async ({ small, rounds }) => {
    const few = await openNation(small, undefined);
    await few.rest();
    const rows = await benchColdStart(few.folder, { rounds });
    await few.close();
    return rows;
  },
  overload: ({ employers, overload }) =>
    on(employers, (place) => benchOverload(place, { seconds: overload })),
  capacity: ({ employers, lines, months, checks }) =>
    on(1, (place) => benchCapacity(place, { employers, lines, months, checks }), firstDay(months)),
  partitions: ({ employers, lines }) => on(employers, (place) => benchPartitions(place, { lines })),
  citus: ({ employers, lines, citus }) =>
    on(employers, (place) => benchCitus(place, { lines, citus: citus! })),
};

/** On employers that declared and paid, or did not. */
function onStandings(employers: number, measure: (place: Place) => Promise<Row[]>): Promise<Row[]> {
  return on(employers, async (place) => {
    await giveStandings(place, dayOf(new Date()));
    return measure(place);
  });
}

async function on(employers: number, measure: (place: Place) => Promise<Row[]>, day?: Day): Promise<Row[]> {
  const place = await openPlace(employers, day);
  const rows = await measure(place);
  await place.close();
  return rows;
}

function assessmentRow(): Row {
  const { floor, value } = benchAssessment(1_000_000, 7);
  return {
    work: 'worker-months assessed, one core',
    floor: 'six products and roundings written out',
    floorValue: floor / 1e6,
    value: value / 1e6,
    unit: 'M/s',
    ratio: value / floor,
  };
}

function verdictRows(): Row[] {
  return benchVerdict(7).map(({ what, bytes, floor, value }) => ({
    work: `verdict: ${what}`,
    floor: 'JSON.stringify of the answer',
    floorValue: floor,
    value,
    unit: 'µs',
    ratio: value / floor,
    notes: `${bytes} bytes`,
  }));
}
