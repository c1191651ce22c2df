import { bigint, customType, timestamp } from '../drizzle.ts';

/** Binary data. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** Whole rupiah; safe integers, as in the domain. */
export const rupiah = (name: string) => bigint(name, { mode: 'number' });

/** An instant with milliseconds, as the domain's text. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** Who recorded a fact: client, agency, the person or system that acted, and the employer whose own client it was. */
export type RecordedBy = { client: string; agency: string; sub: string; employer?: string };
