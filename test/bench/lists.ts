import { REGENCY } from './nation.ts';
import type { Nation } from './open-nation.ts';
import type { Row } from './row.ts';
import { lowerQuartile, median } from './timing.ts';

const SORTS = ['-arrears', '-months', 'name'] as const;
const DEEP = 200;
const LIMITS = [15, 50, 200];
const GOAL = 1.3;

type Place = { nation: Nation; token: string };
type Page = { items: unknown[]; nextCursor: string | null };

/**
 * The first page and the 200th of who does not comply, of a nation beside a small one: by each order, for pages of
 * each size, of all, of a province and of a regency. Both are asked by turns; the lower quartile of the times counts. Where the small one has fewer pages of
 * that size, its last full one stands in.
 */
export async function benchLists(
  small: Nation,
  large: Nation,
  { rounds }: { rounds: number },
): Promise<Row[]> {
  const province = REGENCY.code.slice(0, 2);
  const scopes: [what: string, regions: string[] | undefined, query: string][] = [
    ['the country', undefined, ''],
    ['a province, its own agency', [province], ''],
    ['a regency, agency of its province', [province], `&region=${REGENCY.code}`],
    ['a regency, agency of the country', undefined, `&region=${REGENCY.code}`],
  ];
  const rows: Row[] = [];
  for (const [what, regions, query] of scopes) {
    const places = [small, large].map((nation) => ({ nation, token: nation.token(regions) })) as [
      Place,
      Place,
    ];
    const first: Pair[] = [];
    const deep: Pair[] = [];
    for (const sort of SORTS) {
      for (const limit of LIMITS) {
        const asked = `sort=${sort}&limit=${limit}${query}`;
        const name = `${sort} by ${limit}`;
        first.push({ name, asked: [asked, asked] });
        const [few, many] = [await deepPage(places[0], asked), await deepPage(places[1], asked)];
        if (!few || !many) continue;
        const reached = few.page === many.page ? `${few.page}` : `${many.page}, beside ${few.page}`;
        deep.push({ name: `${name} (page ${reached})`, asked: [few.asked, many.asked] });
      }
    }
    rows.push(rowOf(`first page of a list, ${what}`, await measured(places, first, rounds), small, large));
    rows.push(rowOf(`${DEEP}th page of a list, ${what}`, await measured(places, deep, rounds), small, large));
  }
  return rows;
}

/** The queries of one page, in the small nation and in the large one. */
type Pair = { name: string; asked: [string, string] };
type Measured = { name: string; small: number; large: number };

/** The row of the page that grew most; the others stand in the notes. */
function rowOf(work: string, measured: Measured[], small: Nation, large: Nation): Row {
  const worst = measured.reduce((most, each) => (ratioOf(each) > ratioOf(most) ? each : most));
  return {
    work: `${work}, ${large.employers} employers`,
    floor: `the same at ${small.employers}`,
    floorValue: worst.small,
    value: worst.large,
    unit: 'ms',
    ratio: ratioOf(worst),
    goal: { atMost: GOAL },
    notes: `worst of ${measured.length}: ${worst.name}; median ratio ${median(measured.map(ratioOf)).toFixed(2)}`,
  };
}

const ratioOf = ({ small, large }: Measured) => large / small;

/** Every page once in each round, so that what disturbs meets all of them. */
async function measured(places: [Place, Place], pairs: readonly Pair[], rounds: number): Promise<Measured[]> {
  const times = pairs.map((): [number[], number[]] => [[], []]);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { asked }] of pairs.entries()) {
      for (const at of [0, 1] as const) times[index]![at].push(await milliseconds(places[at], asked[at]));
    }
  }
  return pairs.map(({ name }, index) => {
    const [small, large] = times[index]!;
    return { name, small: lowerQuartile(small), large: lowerQuartile(large) };
  });
}

/** The query of the 200th page, or of the last full one before it; undefined where there is but one. */
async function deepPage(place: Place, asked: string): Promise<{ asked: string; page: number } | undefined> {
  let at: { asked: string; page: number } | undefined;
  let cursor: string | null = (await ask(place, asked)).nextCursor;
  for (let page = 2; cursor !== null && page <= DEEP; page += 1) {
    const next = `${asked}&cursor=${cursor}`;
    const answer: Page = await ask(place, next);
    cursor = answer.nextCursor;
    if (cursor !== null || page === DEEP) at = { asked: next, page };
  }
  return at;
}

async function milliseconds(place: Place, asked: string): Promise<number> {
  const started = performance.now();
  await ask(place, asked);
  return performance.now() - started;
}

async function ask({ nation, token }: Place, asked: string): Promise<Page> {
  const answer = await fetch(`${nation.service.address}/v1/non-compliant-employers?${asked}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (answer.status !== 200) throw new Error(await answer.text());
  return (await answer.json()) as Page;
}
