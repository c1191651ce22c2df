import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { openImports, Upload } from '#src/imports/index.ts';
import { employerFile, imported, ROSTER_HEADER, rosterLine, sample } from '#test/features/imports.ts';
import { startApp } from '#test/setup/app.ts';
const ACTOR = { client: 'c', agency: 'a', kind: 'labour_office', regions: ['34','51'], scopes: new Set<string>(), sub: 's' } as const;
test('speed', async () => {
  const service = await startApp();
  const imports = openImports(service.deps);
  for (const round of [1, 2]) {
    const t0 = performance.now(); let lines = 0;
    for (const [kind, name] of [['employers','employers'],...['05','06','07','08','09','10'].map(m=>['rosters','rosters-2026-'+m]),['payments','payments']] as ['rosters',string][]) {
      const t = performance.now();
      const { importId, ended } = await imports.receive({ kind, format: 'csv', actor: ACTOR }, new Upload(Readable.from([sample(name)])));
      const r = performance.now() - t;
      await ended;
      const row = (await service.deps.database.pool.query('select * from imports where import_id=$1',[importId])).rows[0];
      lines += row.lines_read;
      console.log(round, name, row.state, row.lines_accepted, r.toFixed(0), (performance.now() - t).toFixed(0));
    }
    const s = (performance.now() - t0) / 1000;
    console.log('all eight', lines, s.toFixed(2), Math.round(lines / s));
  }
  const npps = Array.from({ length: 5000 }, (_, i) => `B${10000 + i}`);
  let t = performance.now();
  await imported(service, 'employers', employerFile(npps));
  console.log('5000 employers', (performance.now() - t).toFixed(0));
  for (const [label, scattered, held] of [['in order', false, undefined], ['same', false, undefined], ['scattered', true, undefined], ['scattered spill', true, 100000]] as const) {
    const N = 40;
    const period = label === 'same' ? 'in order' : label;
    const periode = { 'in order': '2026-10', scattered: '2026-09', 'scattered spill': '2026-08' }[period]!;
    function* gen() { yield Buffer.from(ROSTER_HEADER + '\n');
      if (scattered) for (let w = 1; w <= N; w++) { let b = ''; for (const npp of npps) b += rosterLine(npp, w, { periode }) + '\n'; yield Buffer.from(b); }
      else for (const npp of npps) { let b = ''; for (let w = 1; w <= N; w++) b += rosterLine(npp, w, { periode }) + '\n'; yield Buffer.from(b); } }
    let peak = 0, lag = 0, last = performance.now();
    const iv = setInterval(() => { const n = performance.now(); lag = Math.max(lag, n - last - 10); last = n; peak = Math.max(peak, process.memoryUsage().rss); }, 10);
    t = performance.now();
    const { importId, ended } = await openImports(service.deps, held ? { heldLines: held } : { heldLines: 1e9 }).receive({ kind: 'rosters', format: 'csv', actor: ACTOR }, new Upload(Readable.from(gen())));
    const r = performance.now() - t;
    lag = 0; last = performance.now(); await ended; clearInterval(iv);
    const row = (await service.deps.database.pool.query('select * from imports where import_id=$1',[importId])).rows[0];
    const all = performance.now() - t;
    console.log(label, row.state, row.groups_accepted, 'read', r.toFixed(0), 'all', all.toFixed(0), Math.round(row.lines_read / all * 1000), 'lines/s', 'peak MB', (peak / 1e6).toFixed(0), 'max lag ms', lag.toFixed(0));
    expect(row.lines_rejected).toBe(0);
  }
  await service.close();
}, 300_000);
