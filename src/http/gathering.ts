import { isDatabaseAway } from '#src/db/index.ts';

type Waiting<In, Out> = {
  item: In;
  resolve(result: Out): void;
  reject(error: unknown): void;
};

type Limits = {
  /** How many gatherings may be under way at a time. */
  atOnce: number;
  /** Beside another one none begins with fewer items than that. */
  enough: number;
  /** How many items one of them takes. */
  most: number;
};

/** What takes longer may never end: nobody waits for it who comes meanwhile. */
const LATE_MS = 100;

/**
 * One call for many: what is asked while the program is busy, or while gatherings are under way, is worked at
 * together, so that many callers cost one statement and one commit. `work` gives the results in the order of its
 * items. Where it fails for several, each is tried by itself, so that only what fails alone fails; but not where it may
 * have come to pass.
 */
export function gathered<In, Out>(
  work: (items: readonly In[]) => Promise<readonly Out[]>,
  { atOnce, enough, most }: Limits,
): (item: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = [];
  let underWay = 0;
  let late = 0;
  let awaited = false;

  async function settle(taken: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const results = await work(taken.map(({ item }) => item));
      for (const [index, { resolve }] of taken.entries()) resolve(results[index]!);
    } catch (error) {
      if (taken.length === 1 || isDatabaseAway(error)) for (const { reject } of taken) reject(error);
      else await Promise.all(taken.map((each) => settle([each])));
    }
  }

  const mayBegin = () => underWay < atOnce && waiting.length >= (underWay === late ? 1 : enough);

  function begin(): void {
    awaited = false;
    while (mayBegin()) {
      const taken = waiting.slice(0, most);
      waiting = waiting.slice(most);
      underWay += 1;
      let isLate = false;
      const patience = setTimeout(() => {
        isLate = true;
        late += 1;
        begin();
      }, LATE_MS);
      void settle(taken).finally(() => {
        clearTimeout(patience);
        underWay -= 1;
        if (isLate) late -= 1;
        begin();
      });
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // Requests that were read in the same turn of the event loop join.
      if (awaited || !mayBegin()) return;
      awaited = true;
      setImmediate(begin);
    });
}
