import { addPeriods, dayOf, periodOf } from '#src/domain/civil.ts';
import { EVIDENCE_KINDS } from '#src/domain/evidence.ts';
import { COVERABLE } from '#src/domain/suspensions.ts';
import type { TestApp } from '#test/setup/app.ts';

/** Whole numbers below a limit, the same for the same seed (mulberry32). */
export type Random = (below: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Answer = Awaited<ReturnType<TestApp['send']>>;
type Employer = {
  id: string;
  payments: string[];
  flags: string[];
  /** Paths of plans, disputes and invitations. */
  suspensions: string[];
  rosters: Map<string, object[]>;
};

const EMPLOYERS = 15;
const PROGRAMMES = [['JKK', 'JKM'], ['JKK', 'JKM', 'JHT'], ['JKK', 'JKM', 'JHT', 'JP'], ['JHT']];
const DAY_MS = 86_400_000;

/**
 * Lets random things happen to some employers, one after another, while days pass. What it asks for is in order or a
 * conflict that the service must notice; any other answer is thrown.
 */
export class RandomHistory {
  #service: TestApp;
  readonly #random: Random;
  readonly #second: string;
  readonly #employers: Employer[] = [];
  #now: number;
  #serial = 0;
  /** How often each kind of thing was accepted. */
  readonly accepted = new Map<string, number>();

  constructor(service: TestApp, random: Random, second: string) {
    this.#service = service;
    this.#random = random;
    this.#second = second;
    this.#now = service.deps.clock().getTime();
  }

  /** Goes on with another service on the same database. */
  moveTo(service: TestApp): void {
    this.#service = service;
  }

  async step(): Promise<void> {
    if (this.#random(4) === 0) this.#passTime();
    const creating = this.#employers.length < EMPLOYERS && this.#random(8) === 0;
    if (this.#employers.length === 0 || creating) return this.#create();
    const employer = this.#pick(this.#employers);
    const acts = [
      this.#patch,
      this.#declare,
      this.#declare,
      this.#declare,
      this.#pay,
      this.#settle,
      this.#settle,
      this.#reverse,
      this.#raise,
      this.#observe,
      this.#observe,
      this.#act,
      this.#act,
      this.#act,
      this.#plan,
      this.#dispute,
      this.#invite,
      this.#end,
      this.#inspect,
      this.#inspect,
      this.#minimumWage,
    ];
    return this.#pick(acts).call(this, employer);
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random(from.length)]!;
  }

  #today(): string {
    return dayOf(this.#service.deps.clock());
  }

  /** A day some time before today. */
  #pastDay(days = 120): string {
    return dayOf(new Date(this.#now - this.#random(days) * DAY_MS));
  }

  #pastPeriod(): string {
    return addPeriods(periodOf(this.#today()), -this.#random(this.#pick([2, 4, 9])));
  }

  #passTime(): void {
    this.#now += this.#random(3 * DAY_MS);
    this.#service.setNow(new Date(this.#now).toISOString());
  }

  async #send(what: string, sent: Parameters<TestApp['send']>[0]): Promise<Answer | undefined> {
    const answer = await this.#service.send(sent);
    if (answer.statusCode === 409 || answer.json().errors?.[0]?.code === 'before_registration')
      return undefined;
    if (answer.statusCode >= 300) throw new Error(`${what} ${JSON.stringify(sent)} answers ${answer.body}`);
    this.accepted.set(what, (this.accepted.get(what) ?? 0) + 1);
    return answer;
  }

  async #create(): Promise<void> {
    this.#serial += 1;
    const registered = this.#random(3) > 0;
    const body = {
      legalName: `PT Acak ${this.#serial}`,
      npp: `RN${1000 + this.#serial}`,
      kind: this.#pick(['private', 'private', 'private', 'government', 'village']),
      scale: this.#pick(['micro', 'small', 'medium', 'large']),
      regionCode: '34.01',
      ...(registered && { registeredOn: this.#pastDay() }),
    };
    const answer = await this.#send('create', { url: '/v1/employers', body });
    this.#employers.push({
      id: answer!.json().id,
      payments: [],
      flags: [],
      suspensions: [],
      rosters: new Map(),
    });
  }

  async #patch({ id }: Employer): Promise<void> {
    const url = `/v1/employers/${id}`;
    const { headers } = await this.#service.send({ url });
    const decided = this.#random(2) === 0;
    const body = this.#pick<object>([
      { scale: this.#pick(['micro', 'small', 'medium', 'large']) },
      {
        jkkClass: this.#pick(['I', 'II', 'III', 'IV', 'V']),
        jkkClassOrigin: decided ? 'bpjs_decision' : 'declared',
      },
      {
        jkkClass: this.#pick(['I', 'III', 'V']),
        jkkClassOrigin: 'bpjs_decision',
        jkkClassDecidedOn: this.#pastDay(),
      },
      { closedOn: this.#random(3) === 0 ? this.#pastDay(60) : null },
      { registeredOn: this.#random(4) === 0 ? null : this.#pastDay() },
      { legalName: `PT Acak Baru ${this.#random(1000)}` },
      { regionCode: this.#pick(['34.01', '34.02']) },
    ]);
    const etag = String(headers.etag);
    await this.#send('patch', { method: 'PATCH', url, body, headers: { 'if-match': etag } });
  }

  async #declare({ id, rosters }: Employer): Promise<void> {
    const period = this.#pastPeriod();
    const workers = Array.from({ length: this.#random(4) }, (_, index) => ({
      nik: `340101150190${String(1 + index).padStart(4, '0')}`,
      name: 'Siti Aminah',
      birthDate: '1990-01-15',
      wage: 1_000_000 * (1 + this.#random(15)) + this.#random(7),
      programmes: this.#pick(PROGRAMMES),
    }));
    const again = this.#random(4) === 0 ? rosters.get(period) : undefined;
    const body = { period, workers: again ?? workers };
    rosters.set(period, body.workers);
    await this.#send('declare', { url: `/v1/employers/${id}/declarations`, body });
  }

  async #pay(employer: Employer, amount = 1 + this.#random(900_000), more: object = {}): Promise<void> {
    this.#serial += 1;
    const body = {
      employer: employer.id,
      amount,
      paidOn: this.#pastDay(40),
      reference: `R-${this.#serial}`,
      ...(this.#random(2) === 0 && { period: this.#pastPeriod() }),
      ...(this.#random(5) === 0 && { penalty: true }),
      ...more,
    };
    const answer = await this.#send('pay', { url: '/v1/payments', body });
    if (answer) employer.payments.push(answer.json().id);
  }

  /** Pays the oldest open month to the last rupiah, with its late charge: such months leave the summary. */
  async #settle(employer: Employer): Promise<void> {
    const { months } = (await this.#service.send({ url: `/v1/employers/${employer.id}/ledger` })).json();
    type Month = { period: string; outstanding: number; lateCharge: number; lateChargePaid: number };
    const charge = (month: Month) => month.lateCharge - month.lateChargePaid;
    const month = months.find((each: Month) => each.outstanding > 0 || charge(each) > 0);
    if (!month) return;
    const paidOn = this.#today();
    if (month.outstanding > 0)
      await this.#pay(employer, month.outstanding, { paidOn, period: month.period, penalty: false });
    if (charge(month) > 0)
      await this.#pay(employer, charge(month), { paidOn, period: undefined, penalty: true });
  }

  async #reverse({ payments }: Employer): Promise<void> {
    const paymentId = payments[this.#random(payments.length + 2)];
    if (paymentId === undefined) return;
    this.#serial += 1;
    const body = { reason: 'salah transfer', reference: `V-${this.#serial}` };
    await this.#send('reverse', { url: `/v1/payments/${paymentId}/reversals`, body });
  }

  async #raise({ id, flags }: Employer): Promise<void> {
    const startsOn = dayOf(new Date(this.#now + (this.#random(40) - 20) * DAY_MS));
    const endsOn = dayOf(new Date(this.#now + (20 + this.#random(60)) * DAY_MS));
    const kind = this.#pick(['review', 'procurement_block', 'watch']);
    const body = {
      employer: id,
      kind,
      ground: 'laporan',
      startsOn,
      ...(this.#random(2) === 0 && { endsOn }),
    };
    const answer = await this.#send('raise', { url: '/v1/flags', body });
    flags.push(answer!.json().id);
  }

  async #observe({ id }: Employer): Promise<void> {
    const workers = Array.from({ length: this.#random(4) }, (_, index) => ({
      nik: `340101150190${String(1 + index).padStart(4, '0')}`,
      ...(this.#random(2) === 0 && { wage: 1_000_000 * (1 + this.#random(15)) }),
    }));
    const body = {
      employer: id,
      kind: this.#pick([...EVIDENCE_KINDS, 'inspection']),
      observedOn: this.#pastDay(this.#pick([20, 120, 500])),
      headcount: this.#pick([0, 3, 4, 6]) + workers.length,
      ...(this.#random(3) === 0 && { wageBill: this.#random(40_000_000) }),
      ...(this.#random(3) === 0 && { lowestWage: 1 + this.#random(6_000_000) }),
      ...(workers.length > 0 && { workers }),
    };
    await this.#send('observe', { url: '/v1/evidence', body });
  }

  async #act({ flags }: Employer): Promise<void> {
    const flagId = this.#pick(flags);
    if (flagId === undefined) return;
    const act = this.#pick(['approvals', 'approvals', 'rejections', 'lifts', 'objections']);
    const reason = `alasan ${this.#random(1_000_000)}`;
    const body = { reason, ...(act === 'objections' && { suspensive: this.#random(2) === 0 }) };
    await this.#send(act, { url: `/v1/flags/${flagId}/${act}`, body, token: this.#second });
  }

  /** A day around today. */
  #anyDay(before: number, after: number): string {
    return dayOf(new Date(this.#now + (this.#random(before + after) - before) * DAY_MS));
  }

  #somePeriods(until: string): string[] {
    const count = 1 + this.#random(4);
    return Array.from({ length: count }, (_, index) => addPeriods(periodOf(until), -index));
  }

  async #suspend(name: string, { id, suspensions }: Employer, content: object): Promise<void> {
    const answer = await this.#send(name, { url: `/v1/${name}`, body: { employer: id, ...content } });
    suspensions.push(`/v1/${name}/${answer!.json().id}`);
  }

  async #plan(employer: Employer): Promise<void> {
    const agreedOn = this.#pastDay(20);
    const days = new Set(Array.from({ length: 1 + this.#random(3) }, () => this.#anyDay(0, 60)));
    await this.#suspend('plans', employer, {
      codes: this.#pick([['ARREARS'], ['ARREARS', 'NOT_DECLARED'], [...COVERABLE]]),
      periods: this.#somePeriods(agreedOn),
      instalments: [...days].map((dueOn) => ({ dueOn, amount: 1 + this.#random(400_000) })),
      agreedOn,
    });
  }

  async #dispute(employer: Employer): Promise<void> {
    const openedOn = this.#pastDay(20);
    await this.#suspend('disputes', employer, {
      openedOn,
      suspensive: this.#random(3) > 0,
      ...(this.#random(2) === 0 && {
        codes: this.#pick([['ARREARS'], ['NOT_DECLARED', 'PARTIAL_PROGRAMMES']]),
      }),
      ...(this.#random(2) === 0 && { periods: this.#somePeriods(openedOn) }),
    });
  }

  async #invite(employer: Employer): Promise<void> {
    const invitedOn = this.#pastDay(10);
    const deadline = this.#random(2) === 0 ? { deadline: this.#anyDay(0, 40) } : {};
    await this.#suspend('regularisations', employer, { invitedOn, ...deadline });
  }

  /** States what is the least in the province or in the regency, at times the same again. */
  async #minimumWage(employer: Employer): Promise<void> {
    // Each marks the summaries of all employers.
    if (this.#random(4) > 0) return this.#declare(employer);
    const year = Number(this.#pastPeriod().slice(0, 4));
    const url = `/v1/minimum-wages/${this.#pick(['34', '34', '34.01'])}/${year}`;
    const body = { monthly: 1_000_000 * (1 + this.#random(9)) };
    await this.#send('minimum-wages', { method: 'PUT', url, body });
  }

  /** Gives the employer to an inspector, or ends the case that one has. */
  async #inspect({ id }: Employer): Promise<void> {
    const found = await this.#service.send({ url: `/v1/inspections?employer=${id}&limit=1` });
    const [newest] = found.json().items;
    if (!newest || newest.outcome) {
      const inspector = `petugas-${this.#random(3)}`;
      await this.#send('inspections', { url: '/v1/inspections', body: { employer: id, inspector } });
      return;
    }
    const on = this.#today();
    const seen = { found: this.#pick([[], ['ARREARS'], ['PARTIAL_WORKERS']]), evidence: { headcount: 3 } };
    const body = { on, ...(this.#random(3) === 0 ? { kind: 'cancelled', found: [] } : seen) };
    await this.#send('outcomes', { url: `/v1/inspections/${newest.id}/outcomes`, body });
  }

  async #end({ suspensions }: Employer): Promise<void> {
    const path = this.#pick(suspensions);
    if (path === undefined) return;
    const decides = path.startsWith('/v1/disputes/') && this.#random(3) > 0;
    const what = decides ? 'decisions' : 'withdrawals';
    const body = { reason: 'sudah diperiksa', ...(decides && { upheld: this.#random(2) === 0 }) };
    await this.#send(what, { url: `${path}/${what}`, body });
  }
}
