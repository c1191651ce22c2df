import { parseArgs } from 'node:util';
import { agencies, type Database, eq } from '#src/db/index.ts';
import type { Command } from './command.ts';
import { atWork } from './open.ts';
import { parseKind, parseRegions, required } from './options.ts';
import { Refusal } from './refusal.ts';

export type AgencyRow = typeof agencies.$inferSelect;

/** Adds an agency; the one that is there stands, and is returned. */
export async function addAgency({ orm }: Database, agency: Omit<AgencyRow, 'createdAt'>): Promise<AgencyRow> {
  await orm
    .insert(agencies)
    .values({ ...agency, createdAt: new Date() })
    .onConflictDoNothing();
  return (await findAgency({ orm }, agency.code)) as AgencyRow;
}

export async function findAgency(
  { orm }: Pick<Database, 'orm'>,
  code: string,
): Promise<AgencyRow | undefined> {
  return (await orm.select().from(agencies).where(eq(agencies.code, code)))[0];
}

export const command: Command = {
  usage: `patuh agency create --code <code> --name <name> --kind <kind> --regions 34.01,34.04
patuh agency list
    agencies, and the regions whose employers they see`,
  async run([verb, ...args]) {
    if (verb === 'create') await create(args);
    else if (verb === 'list') await list(args);
    else throw new Refusal(command.usage);
  },
};

async function create(args: string[]): Promise<void> {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: { code: option, name: option, kind: option, regions: option },
  });
  const agency = {
    code: required(values.code, 'code'),
    name: required(values.name, 'name'),
    kind: parseKind(required(values.kind, 'kind')),
    regions: parseRegions(required(values.regions, 'regions')),
  };
  await atWork(async ({ database }) => {
    if (await findAgency(database, agency.code))
      throw new Refusal(`there is an agency '${agency.code}' already`);
    await addAgency(database, agency);
  });
}

async function list(args: string[]): Promise<void> {
  parseArgs({ args, options: {} });
  await atWork(async ({ database }) => {
    for (const { code, name, kind, regions } of await database.orm
      .select()
      .from(agencies)
      .orderBy(agencies.code)) {
      process.stdout.write(`${JSON.stringify({ code, name, kind, regions })}\n`);
    }
  });
}
