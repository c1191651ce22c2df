import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { openLanes, type Take, type Visit } from '#src/http/overload-lanes.ts';

let now = 0;
let take: Take;
beforeEach(() => {
  now = 0;
  take = openLanes(() => now);
});

/** Lets a request begin at once, if it is taken. */
function begun(client = 'a', lane = 'checks', places = 1): Visit | undefined {
  const visit = take(lane, client, places);
  visit?.begin();
  return visit;
}

function takenOf(count: number, client?: string, lane?: string): Visit[] {
  return Array.from({ length: count }, () => begun(client, lane)).filter((visit) => visit !== undefined);
}

/** Answers one by one that take 2 ms each, as a calm service gives them. */
function calm(answers: number): void {
  for (let index = 0; index < answers; index += 1) {
    const visit = begun()!;
    now += 2;
    visit.leave();
  }
}

/** More and more come than leave: each answer takes 100 ms and more. Returns who is inside in the end. */
function overload(): Visit[] {
  const inside = takenOf(1000);
  for (let round = 0; round < 50; round += 1) {
    now += 100;
    for (const visit of inside.splice(0, 40)) visit.leave();
    inside.push(...takenOf(160));
  }
  return inside;
}

/** The same, and all who were inside have been answered, as late. */
function overloadedBefore(): void {
  const inside = overload();
  now += 100;
  for (const visit of inside) visit.leave();
}

describe('an idle service', () => {
  test('takes a burst of a thousand at once, and no more than memory is made for', () => {
    calm(500);
    expect(takenOf(5000)).toHaveLength(1024);
  });

  test('takes a burst again and again where it is worked off in between', () => {
    calm(500);
    for (let burst = 0; burst < 20; burst += 1) {
      const inside = takenOf(500);
      expect(inside).toHaveLength(500);
      for (const visit of inside) {
        now += 0.2;
        visit.leave();
      }
      now += 1000;
    }
  });

  test('never refuses 128 at a time, however long they take', () => {
    calm(500);
    let inside = takenOf(128);
    for (let round = 0; round < 100; round += 1) {
      now += 150;
      for (const visit of inside) visit.leave();
      inside = takenOf(128);
      expect(inside).toHaveLength(128);
    }
  });

  test('takes as many as are answered about as fast as ever', () => {
    calm(500);
    let refused = 0;
    const inside: Visit[] = [];
    for (let round = 0; round < 10_000; round += 1) {
      now += 0.05;
      const visit = begun();
      if (visit) inside.push(visit);
      else refused += 1;
      if (inside.length > 100) inside.shift()!.leave();
    }
    expect(refused).toBe(0);
  });
});

describe('an overloaded service', () => {
  test('takes a few at a time, and everything again once it has been over for a while', () => {
    calm(500);
    const inside = overload();
    expect(inside).toHaveLength(16);
    for (const visit of inside) visit.leave();
    now += 1500;
    expect(takenOf(500)).toHaveLength(500);
  });

  test('lets no more in at its beginning than are a burst', () => {
    calm(500);
    const inside: Visit[] = [];
    let most = 0;
    for (let ms = 0; ms < 200; ms += 1) {
      now += 1;
      inside.push(...takenOf(10));
      most = Math.max(most, inside.length);
      for (const visit of inside.splice(0, 2)) visit.leave();
    }
    expect(most).toBeGreaterThan(200);
    expect(most).toBeLessThanOrEqual(256);
  });

  test('makes room by and by once answers are quick again, however many come', () => {
    calm(500);
    let inside = overload();
    for (let round = 0; round < 300; round += 1) {
      now += 10;
      for (const visit of inside) visit.leave();
      inside = takenOf(500);
      expect(inside.length).toBeLessThanOrEqual(20 + (4 * round) / 10);
    }
    expect(inside.length).toBeGreaterThan(50);
  });

  test('does not take the first of a crowd, who wait already, for those of calm times', () => {
    calm(500);
    for (let round = 0; round < 3; round += 1) {
      const first = takenOf(16);
      now += 60;
      for (const visit of first) visit.leave();
    }
    let inside: Visit[] = [];
    for (let round = 0; round < 50; round += 1) {
      now += 40;
      for (const visit of inside) visit.leave();
      inside = takenOf(300);
    }
    expect(inside).toHaveLength(16);
  });

  test('goes on taking at the rate at which it answers', () => {
    calm(500);
    const inside = overload();
    let taken = 0;
    for (let round = 0; round < 100; round += 1) {
      now += 100;
      for (const visit of inside.splice(0, 5)) visit.leave();
      const more = takenOf(80);
      taken += more.length;
      inside.push(...more);
    }
    expect(taken).toBe(100 * 5);
  });

  test('keeps places for other clients than the one that floods', () => {
    calm(500);
    expect(overload()).toHaveLength(16);
    expect(takenOf(100, 'b')).toHaveLength(8);
    expect(takenOf(100, 'c')).toHaveLength(6);
    expect(takenOf(100, 'a')).toHaveLength(0);
  });

  test('keeps places for others while the whole burst of one that floods is inside', () => {
    calm(500);
    takenOf(5000, 'flood');
    now += 1000;
    expect(begun('flood')).toBeUndefined();
    const others = Array.from({ length: 200 }, (_, index) => begun(`client ${index}`)).filter(Boolean);
    expect(others.length).toBeGreaterThanOrEqual(16);
    expect(others.length).toBeLessThanOrEqual(32);
    for (const visit of others) visit!.leave();
    expect(begun('late')).toBeDefined();
  });

  test('keeps requests of other kinds waiting for nothing', () => {
    calm(500);
    overload();
    expect(takenOf(500, 'a', 'payments')).toHaveLength(500);
  });

  test('counts nobody who has not sent the whole request, and nobody twice', () => {
    calm(500);
    overloadedBefore();
    const slow = Array.from({ length: 16 }, () => take('checks', 'a', 1)!);
    expect(begun()).toBeUndefined();
    for (const visit of slow) visit.stepAside();
    const inside = takenOf(16);
    expect(inside).toHaveLength(16);
    expect(begun()).toBeUndefined();
    for (const visit of slow) visit.leave();
    expect(begun()).toBeUndefined();
    // Who arrives late is answered, and counts from then on.
    slow[0]!.begin();
    inside[0]!.leave();
    expect(begun()).toBeUndefined();
    slow[0]!.leave();
    expect(begun()).toBeDefined();
  });

  test('counts work that goes on although its client is gone', () => {
    calm(500);
    for (const visit of overload()) visit.stepAside();
    expect(begun()).toBeUndefined();
  });

  test('takes fewer of large requests', () => {
    calm(500);
    overloadedBefore();
    const large = Array.from({ length: 8 }, () => begun('a', 'checks', 8)).filter(Boolean);
    expect(large).toHaveLength(2);
  });
});

test('whatever comes and goes, everybody who left has given back what was taken', () => {
  const acts = fc.array(
    fc.record({
      act: fc.constantFrom('take', 'begin', 'aside', 'leave' as const),
      which: fc.nat(40),
      client: fc.constantFrom('a', 'b', 'c'),
      places: fc.integer({ min: 1, max: 64 }),
      later: fc.nat(300),
    }),
    { maxLength: 400 },
  );
  fc.assert(
    fc.property(acts, (steps) => {
      now = 0;
      take = openLanes(() => now);
      const visits: Visit[] = [];
      for (const { act, which, client, places, later } of steps) {
        now += later;
        const visit = visits[which % (visits.length || 1)];
        if (act === 'take') visits.push(...[take('checks', client, places)].filter((each) => !!each));
        else if (act === 'begin') visit?.begin();
        else if (act === 'aside') visit?.stepAside();
        else visit?.leave();
      }
      for (const visit of visits) visit.leave();
      now += 2000;
      expect(overload()).toHaveLength(16);
    }),
  );
});
