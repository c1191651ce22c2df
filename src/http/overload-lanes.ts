/**
 * Who is taken and who is told to come back. Requests of one kind share a lane, so that long ones of another kind keep
 * nobody waiting. As many as a client may well have are taken in any case, and more while answers take about as long as
 * in calm times; a burst of some hundreds is served whatever it takes. In a crowd there is as much room as answers are
 * quick. What comes beyond is refused at once: it would only wait in a queue that does not get shorter.
 */

/** So many at a time are taken in any case, unless still more come again and again. */
const USUAL = 128;
/** While also these take too long, as refusing others takes time as well, so many by and by; fewer make batches small. */
const LEAST = 16;
const FEWER = 0.7;
/** ... and so many more once they do not, by and by as well: all at once they would take too long again. */
const MORE = 4;
const ADAPT_MS = 100;
/** For clients that have less than an equal part there is room for so many more. */
const PARTS = 32;
/** So many at a time are never exceeded: memory follows it. */
const MOST = 1024;
/** While no more than these are under way, and nobody was too many, how long they take is the calm time. */
const CALM = 16;
/** By how much answers may take longer than in calm times. */
const STRETCH = 2.5;
/** What counts as the calm time at least and at most, and before it is known. */
const CALM_MS = { least: 4, most: 300, unknown: 10 };
/** So many places at a time are given although answers take too long: each waits for all before. They are given ... */
const BURST = 256;
/** ... again once there has been room for so long. */
const PAUSE_MS = 200;
/** Weights of a new measurement in the running means, and by how much one may lie above. */
const RECENT_WEIGHT = 1 / 32;
const CALM_WEIGHT = 1 / 64;
/** Once so many were measured calm times become longer by many only: the first of a crowd are among them by mistake. */
const KNOWN_AFTER = 64;
const SLOWER_WEIGHT = 1 / 1024;
const OUTLIER = 5;

/** A request that was taken. */
export type Visit = {
  /** Its body is here: it is worked on until it leaves, whatever its client does. */
  begin(): void;
  /** It waits for its client, or the client is gone: unless it has begun it keeps nobody else from being taken. */
  stepAside(): void;
  /** Its answer is at hand. */
  leave(): void;
};

/** The requests of one kind. */
class Lane {
  inside = 0;
  /** Of these, who were taken for their client's own part. */
  inParts = 0;
  readonly #insideOf = new Map<string, number>();
  readonly #now: () => number;
  #recentMs = 0;
  #emptySince = Number.NEGATIVE_INFINITY;
  #calmMs: number = CALM_MS.unknown;
  #calmMeasured = 0;
  #burst = BURST;
  #room = USUAL;
  #crowdedAt = Number.NEGATIVE_INFINITY;
  #adaptedAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** How a request of a client is taken: with others, for its client's own part, or not at all. */
  takes(client: string, places: number): 'with others' | 'own part' | undefined {
    if (this.inside < this.#room) return 'with others';
    if (this.inside < MOST && this.#makesRoom(places)) return 'with others';
    // Who floods keeps nobody from being taken that has less than an equal part: for these there is room beside the rest.
    const own = this.#insideOf.get(client) ?? 0;
    const clients = this.#insideOf.size + (own > 0 ? 0 : 1);
    const parts = Math.min(this.#room, PARTS);
    return this.inParts < parts && own < parts / clients ? 'own part' : undefined;
  }

  /** Whether room is made for one that there is none for; that it came makes a crowd, or keeps one up. */
  #makesRoom(places: number): boolean {
    const now = this.#now();
    const slow = this.#recentMs > STRETCH * this.#calmMs;
    if (now - this.#crowdedAt > PAUSE_MS) {
      if (!slow) return true;
      this.#room = USUAL;
      this.#burst = Math.max(0, BURST - this.inside);
      this.#adaptedAt = now;
    } else if (now - this.#adaptedAt > ADAPT_MS) {
      this.#room = slow ? Math.max(LEAST, Math.floor(this.#room * FEWER)) : this.#room + MORE;
      this.#adaptedAt = now;
    }
    this.#crowdedAt = now;
    if (this.#burst <= 0) return this.inside < this.#room;
    this.#burst -= places;
    return true;
  }

  /** `places` are given back by a negative number. */
  enter(client: string, places: number): void {
    // How long others took long ago says nothing of those who find nobody before them.
    if (this.inside === 0 && this.#now() - this.#emptySince > PAUSE_MS) this.#recentMs = 0;
    this.inside += places;
    if (this.inside === 0) this.#emptySince = this.#now();
    const own = (this.#insideOf.get(client) ?? 0) + places;
    if (own > 0) this.#insideOf.set(client, own);
    else this.#insideOf.delete(client);
  }

  isCalm(now: number): boolean {
    return this.inside <= CALM && now - this.#crowdedAt > PAUSE_MS;
  }

  learn(tookMs: number, calm: boolean): void {
    const took = Math.min(tookMs, OUTLIER * STRETCH * this.#calmMs);
    this.#recentMs += (took - this.#recentMs) * RECENT_WEIGHT;
    if (!calm) return;
    this.#calmMeasured += 1;
    const slower = this.#calmMeasured > KNOWN_AFTER && took > this.#calmMs;
    const mean = this.#calmMs + (took - this.#calmMs) * (slower ? SLOWER_WEIGHT : CALM_WEIGHT);
    this.#calmMs = Math.min(CALM_MS.most, Math.max(CALM_MS.least, mean));
  }
}

/**
 * Takes a request of a client on a lane, or not. One of usual size takes one place.
 */
export type Take = (lane: string, client: string, places: number) => Visit | undefined;

/** Opens lanes; `now` tells milliseconds. */
export function openLanes(now: () => number): Take {
  const lanes = new Map<string, Lane>();
  return (name, client, places) => {
    let lane = lanes.get(name);
    if (!lane) {
      lane = new Lane(now);
      lanes.set(name, lane);
    }
    const how = lane.takes(client, places);
    return how && new Taken(lane, client, places, how === 'own part', now);
  };
}

class Taken implements Visit {
  readonly #lane: Lane;
  readonly #client: string;
  readonly #places: number;
  readonly #now: () => number;
  readonly #inPart: boolean;
  #inside = true;
  #calm = false;
  #begunAt: number | undefined;

  constructor(lane: Lane, client: string, places: number, inPart: boolean, now: () => number) {
    this.#lane = lane;
    this.#client = client;
    this.#places = places;
    this.#inPart = inPart;
    this.#now = now;
    this.#enter();
  }

  #enter(): void {
    this.#lane.enter(this.#client, this.#places);
    if (this.#inPart) this.#lane.inParts += 1;
  }

  begin(): void {
    if (!this.#inside) this.#enter();
    this.#inside = true;
    this.#begunAt = this.#now();
    this.#calm = this.#lane.isCalm(this.#begunAt);
  }

  stepAside(): void {
    if (this.#begunAt === undefined) this.leave();
  }

  leave(): void {
    if (!this.#inside) return;
    this.#inside = false;
    this.#lane.enter(this.#client, -this.#places);
    if (this.#inPart) this.#lane.inParts -= 1;
    if (this.#begunAt !== undefined) this.#lane.learn(this.#now() - this.#begunAt, this.#calm);
  }
}
