import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchChecks } from './checks.ts';
import { benchAssessment, benchVerdict } from './engine.ts';
import { openPlace } from './place.ts';
import { benchRosterImport } from './roster-import.ts';

/**
 * Measures against floors in one run on one machine, and prints values beside ratios. Nothing asserts the figures:
 * they are as good as the machine is quiet.
 */
const { values } = parseArgs({
  options: {
    employers: { type: 'string', default: '4000' },
    lines: { type: 'string', default: '200000' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
  },
});

const rows: Record<string, string>[] = [];
const assessed = benchAssessment(1_000_000, 7);
rows.push({
  work: 'worker-months assessed, one core',
  floor: `${(assessed.floor / 1e6).toFixed(1)} M/s`,
  value: `${(assessed.value / 1e6).toFixed(1)} M/s`,
  ratio: `${(assessed.value / assessed.floor).toFixed(2)} of the floor`,
  failed: '0',
});
for (const { what, bytes, floor, value } of benchVerdict(7)) {
  rows.push({
    work: `verdict: ${what}`,
    floor: `${floor.toFixed(2)} µs (${bytes} bytes)`,
    value: `${value.toFixed(2)} µs`,
    ratio: `${(value / floor).toFixed(1)} x the floor's time`,
    failed: '0',
  });
}
const place = await openPlace(Number(values.employers));
try {
  const { floor, value } = await benchChecks(place, {
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
  });
  rows.push({
    work: 'single checks, 32 connections',
    floor: `${Math.round(floor.perSecond)}/s, p99 ${floor.p99} ms`,
    value: `${Math.round(value.perSecond)}/s, p99 ${value.p99} ms`,
    ratio: `${(value.perSecond / floor.perSecond).toFixed(2)} of the floor`,
    failed: String(floor.failed + value.failed),
  });
  const roster = await benchRosterImport(place, Number(values.lines));
  const rate = (seconds: number) => `${Math.round(roster.lines / seconds)} lines/s (${seconds.toFixed(2)} s)`;
  for (const [work, seconds] of [
    ['roster import, first time', roster.first],
    ['roster import, the same file again', roster.again],
  ] as const) {
    const ratio = `${(seconds / roster.floor).toFixed(1)} x the floor's time`;
    rows.push({ work, floor: rate(roster.floor), value: rate(seconds), ratio, failed: '0' });
  }
} finally {
  await place.close();
}
console.log(
  `${cpus().length} cores, ${cpus()[0]?.model}; Node ${process.version}; floors: six products written out, JSON.stringify of the answer, bare Fastify + pg, psql \\copy`,
);
console.table(rows);
