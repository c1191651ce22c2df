import { modelsBehind } from './models.ts';
import { tokenFor } from './open-nation.ts';
import { startProgram } from './processes.ts';
import type { Row } from './row.ts';
import { median } from './timing.ts';

/** `npm start` on the embedded database of a folder, until the first check is answered; nothing else runs on it. */
export async function benchColdStart(folder: string, { rounds }: { rounds: number }): Promise<Row[]> {
  const env = { PATUH_DATA_DIR: folder, PATUH_SAMPLE: 'off', PORT: '0', LOG_LEVEL: 'warn', DATABASE_URL: '' };
  const token = tokenFor(env, ['34']);
  const [answered, listening]: number[][] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    const service = await startProgram('npm', ['start', '--silent'], env);
    listening!.push((performance.now() - started) / 1000);
    const answer = await fetch(`${service.address}/v1/checks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        subject: { npwp: modelsBehind()[0]!.npwp },
        purpose: 'tender_award',
        reference: 'bench',
      }),
    });
    if (answer.status !== 200) throw new Error(await answer.text());
    answered!.push((performance.now() - started) / 1000);
    await service.stop();
  }
  return [
    {
      work: 'npm start on an existing embedded database until the first check is answered',
      floor: 'until it listens',
      floorValue: median(listening!),
      value: median(answered!),
      unit: 's',
      ratio: median(answered!) / median(listening!),
    },
  ];
}
