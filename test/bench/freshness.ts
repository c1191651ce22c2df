import { Agent, request } from 'node:http';
import { modelsBehind } from './models.ts';
import type { Nation } from './open-nation.ts';
import type { Row } from './row.ts';
import { median } from './timing.ts';

const AMOUNT = 1_000;

/** Payments, each followed at once by a check on another connection: the check shows the payment, every time. */
export async function benchFreshness(nation: Nation, { payments }: { payments: number }): Promise<Row[]> {
  const token = nation.token();
  const [payer, checker] = [
    new Agent({ keepAlive: true, maxSockets: 1 }),
    new Agent({ keepAlive: true, maxSockets: 1 }),
  ];
  const send = (agent: Agent, path: string, body: object) =>
    post(`${nation.service.address}${path}`, token, agent, body);
  const owed = async (npwp: string): Promise<number> => {
    const check = { subject: { npwp }, purpose: 'tender_award', reference: 'bench' };
    const { verdict } = (await send(checker, '/v1/checks', check)) as {
      verdict: { arrears: { contributions: number } };
    };
    return verdict.arrears.contributions;
  };
  const behind = modelsBehind();
  const before = new Map<string, number>();
  const [posted, shown]: number[][] = [[], []];
  let stale = 0;
  try {
    for (let index = 0; index < payments; index += 1) {
      const { npp, npwp } = behind[index % behind.length]!;
      const was = before.get(npwp) ?? (await owed(npwp));
      const started = performance.now();
      const paidOn = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
      const reference = `bench-${process.pid}-${started}-${index}`;
      await send(payer, '/v1/payments', { employer: `npp:${npp}`, amount: AMOUNT, paidOn, reference });
      posted!.push(performance.now() - started);
      const now = await owed(npwp);
      shown!.push(performance.now() - started);
      if (now !== was - AMOUNT) stale += 1;
      before.set(npwp, now);
    }
  } finally {
    payer.destroy();
    checker.destroy();
  }
  return [
    {
      work: `payment posted until a check shows it, ${payments} times, another connection`,
      floor: 'the payment alone; the check comes on top',
      floorValue: median(posted!),
      value: median(shown!),
      unit: 'ms',
      ratio: median(shown!) / median(posted!),
      notes: `${stale} of ${payments} checks were stale`,
    },
    {
      work: 'checks that did not show the payment before them',
      floor: 'payments',
      floorValue: payments,
      value: stale,
      unit: 'checks',
      ratio: stale / payments,
      goal: { atMost: 0 },
    },
  ];
}

function post(url: string, token: string, agent: Agent, body: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => {
        if (answer.statusCode! < 300) resolve(JSON.parse(text));
        else reject(new Error(text));
      });
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}
