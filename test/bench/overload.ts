import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Answers, Order, Phase } from './open-loop.ts';
import type { Place } from './place.ts';
import { forgetPeak, peakMb } from './processes.ts';
import { memoryRow, type Row } from './row.ts';

/** So many that requests need not wait for one another before they are sent. */
const CONNECTIONS = 1000;
const AT_ONCE = 128;
const WARM_SECONDS = 6;
const CALM_SECONDS = 8;
const AFTER_SECONDS = 5;
const TIMES = 4;
const STRETCH = 3;
/** What counts as bounded memory, and as having been offered. */
const BOUNDED = 1.5;
const OFFERED = 0.95;
const BACK_WITHIN_SECONDS = 2;

/**
 * Single checks at four times the sustainable rate: what is taken keeps its pace, the rest is refused at once, memory
 * stays bounded, and soon after it everything is as before. The sustainable rate is what {@link AT_ONCE} connections
 * reach that always ask again; unloaded is half of it.
 */
export async function benchOverload(
  place: Place,
  { seconds = 60 }: { seconds?: number } = {},
): Promise<Row[]> {
  const order = {
    address: place.service.address,
    token: place.token,
    path: '/v1/checks',
    bodies: place.employers.map(({ npwp }, index) =>
      JSON.stringify({ subject: { npwp }, purpose: 'tender_award', reference: `overload-${index}` }),
    ),
    connections: CONNECTIONS,
  };
  const [, closed] = await load(order, [
    { name: 'warm', atOnce: AT_ONCE, seconds: WARM_SECONDS },
    { name: 'sustainable', atOnce: AT_ONCE, seconds: CALM_SECONDS },
  ]);
  const sustainable = closed!.taken.count / CALM_SECONDS;
  const before = residentMb(place.service.pid);
  forgetPeak(place.service.pid);
  const [, calm, over, after] = await load(order, [
    { name: 'settling', perSecond: sustainable / 2, seconds: 1 },
    { name: 'unloaded', perSecond: sustainable / 2, seconds: CALM_SECONDS },
    { name: 'overload', perSecond: sustainable * TIMES, seconds },
    { name: 'after', perSecond: sustainable / 2, seconds: AFTER_SECONDS },
  ]);
  const notes = [
    `taken ${Math.round(over!.taken.count / seconds)}/s (p50 ${over!.taken.p50} ms), refused ${Math.round(over!.refused.count / seconds)}/s (p50 ${over!.refused.p50} ms)`,
    `unloaded p50 ${calm!.taken.p50} ms, refused before ${calm!.refused.count}`,
  ].join('; ');
  const phases = [calm!, over!, after!];
  const failed = phases.reduce((sum, each) => sum + each.failed, 0);
  const answered = phases.reduce((sum, { taken, refused }) => sum + taken.count + refused.count, 0);
  const bound = STRETCH * calm!.taken.p99;
  const latency = (work: string, value: number, more = '') => ({
    work,
    floor: 'p99 at half of the sustainable rate',
    floorValue: calm!.taken.p99,
    value,
    unit: 'ms',
    ratio: value / calm!.taken.p99,
    notes: more,
  });
  return [
    {
      work: `requests offered at ${TIMES} x`,
      floor: `${TIMES} x the sustainable rate`,
      floorValue: sustainable * TIMES,
      value: over!.offered,
      unit: '/s',
      ratio: over!.offered / (sustainable * TIMES),
      goal: { atLeast: OFFERED },
      notes: `sustainable ${Math.round(sustainable)}/s`,
    },
    {
      work: 'requests answered by neither 200 nor 503 with Retry-After',
      floor: 'all that were answered',
      floorValue: answered,
      value: failed,
      unit: '',
      ratio: failed / answered,
      goal: { atMost: 0 },
    },
    { ...latency(`checks taken at ${TIMES} x: p99`, p99Of(over!.taken), notes), goal: { atMost: STRETCH } },
    latency(`checks refused at ${TIMES} x: p99`, p99Of(over!.refused)),
    ...memoryRow(
      {
        work: 'memory of the service under overload',
        floor: 'before',
        atMost: BOUNDED,
        notes: `after ${residentMb(place.service.pid)} MB`,
      },
      before,
      peakMb(place.service.pid),
    ),
    {
      work: 'back to normal after overload',
      floor: 'allowed',
      floorValue: BACK_WITHIN_SECONDS,
      value: backAfter(after!, bound),
      unit: 's',
      ratio: backAfter(after!, bound) / BACK_WITHIN_SECONDS,
      goal: { atMost: 1 },
      notes: `p99 of all ${AFTER_SECONDS} s after: ${after!.taken.p99} ms`,
    },
  ];
}

/** Nobody who was never answered was answered fast. */
function p99Of({ count, p99 }: Answers): number {
  return count > 0 ? p99 : Number.POSITIVE_INFINITY;
}

/** Seconds until nothing is refused any more, and no answer takes longer than the bound. */
function backAfter({ tenths }: Phase, bound: number): number {
  return (tenths.findLastIndex(({ refused, slowest }) => refused > 0 || slowest > bound) + 1) / 10;
}

async function load(order: Omit<Order, 'phases'>, phases: Order['phases']): Promise<Phase[]> {
  const child = spawn(process.execPath, ['test/bench/open-loop.ts'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ ...order, phases }));
  return JSON.parse(await text(child.stdout)) as Phase[];
}

function residentMb(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
