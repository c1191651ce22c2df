import { agencies, clients, type Database, eq } from '#src/db/index.ts';
import { AGENCY_KINDS, type AgencyKind } from './actor.ts';
import { Recent } from './recent.ts';

export type Agency = { code: string; kind: AgencyKind; regions: readonly string[] };
export type Client = {
  agency: Agency;
  scopes: readonly string[];
  employerId: string | undefined;
  revoked: boolean;
};

/** Who calls, by our own tables. */
export type Callers = {
  client(clientId: string): Promise<Client | undefined>;
  agency(code: string): Promise<Agency | undefined>;
  /** Has a client looked up anew when it calls next. */
  forget(clientId: string): void;
};

/** Where it is notified which client was revoked. */
export const REVOCATIONS = 'client_revocations';

/** For how long an answer is used again: a process that does not hear of a revocation refuses the client after it. */
export const MEMORY_MS = 5_000;
const REMEMBERED = 5_000;

/** Whether an id can be on file at all: PostgreSQL refuses a NUL and half a character where it should find nothing. */
export const isPossibleId = (id: string) => id.isWellFormed() && !/\p{Cc}/u.test(id);

/** Looks callers up, asking the database at most once in {@link MEMORY_MS} about each. */
export function openCallers({ orm }: Database, clock: () => Date): Callers {
  const known = remembering(clock, async (clientId): Promise<Client | undefined> => {
    if (!isPossibleId(clientId)) return undefined;
    const [row] = await orm
      .select({ client: clients, agency: agencies })
      .from(clients)
      .innerJoin(agencies, eq(agencies.code, clients.agencyCode))
      .where(eq(clients.clientId, clientId));
    if (!row) return undefined;
    const { scopes, employerId, revokedAt } = row.client;
    return {
      agency: agencyOf(row.agency),
      scopes,
      employerId: employerId ?? undefined,
      revoked: revokedAt !== null,
    };
  });
  const agency = remembering(clock, async (code) => {
    if (!isPossibleId(code)) return undefined;
    const [row] = await orm.select().from(agencies).where(eq(agencies.code, code));
    return row && agencyOf(row);
  });
  return { client: known.get, agency: agency.get, forget: known.forget };
}

function agencyOf({ code, kind, regions }: typeof agencies.$inferSelect): Agency {
  const known = AGENCY_KINDS.find((each) => each === kind);
  if (!known) throw new Error(`agency ${code} is of an unknown kind`);
  return { code, kind: known, regions };
}

/** Keeps the promise, not its value: callers that ask while the database answers wait for the same answer. */
function remembering<V>(
  clock: () => Date,
  load: (key: string) => Promise<V>,
): { get(key: string): Promise<V>; forget(key: string): void } {
  const memory = new Recent<string, { answer: Promise<V>; until: number }>(REMEMBERED);
  return {
    get(key) {
      const now = clock().getTime();
      const known = memory.get(key);
      if (known && now < known.until) return known.answer;
      const answer = load(key);
      answer.catch(() => memory.delete(key));
      memory.set(key, { answer, until: now + MEMORY_MS });
      return answer;
    },
    forget: (key) => memory.delete(key),
  };
}
