import { parseArgs } from 'node:util';
import { openKeys } from '#src/http/keys.ts';
import { issuerOf, issueToken } from '#src/http/tokens.ts';
import { loadRegions } from '#src/law/index.ts';
import { addAgency, findAgency } from './agency.ts';
import type { Command } from './command.ts';
import { employerNamed } from './employer.ts';
import { atWork, type Workplace } from './open.ts';
import { parseKind, parseRegions, parseScopes, required } from './options.ts';
import { Refusal } from './refusal.ts';

const TWELVE_HOURS = 12 * 60 * 60;

export const command: Command = {
  usage: `patuh token --agency <code> --scope "<scopes>" [--regions 34.01,34.04] [--kind labour_office]
    [--employer <id>|npp:<NPP>|nib:<NIB>] [--sub <person>] [--ttl <seconds>]
    prints an access token; an agency that is not there yet is made, nationwide unless --regions says otherwise`,
  async run(args) {
    const request = parse(args);
    await atWork(async (workplace) => {
      process.stdout.write(`${await tokenFor(workplace, request)}\n`);
    });
  },
};

type Request = ReturnType<typeof parse>;

function parse(args: string[]) {
  const option = { type: 'string' } as const;
  const names = { agency: option, scope: option, regions: option, kind: option };
  const { values } = parseArgs({ args, options: { ...names, employer: option, sub: option, ttl: option } });
  const ttlSeconds = Number(values.ttl ?? TWELVE_HOURS);
  if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 1) throw new Refusal('--ttl takes whole seconds');
  const kind = values.kind === undefined ? undefined : parseKind(values.kind);
  if (values.employer !== undefined && kind !== undefined && kind !== 'employer') {
    throw new Refusal(`--employer goes with --kind employer, not with ${kind}`);
  }
  return {
    agency: required(values.agency, 'agency'),
    scopes: parseScopes(required(values.scope, 'scope')),
    regions: values.regions === undefined ? undefined : parseRegions(values.regions),
    kind,
    employer: values.employer,
    sub: person(values.sub),
    ttlSeconds,
  };
}

async function tokenFor({ config, database }: Workplace, request: Request): Promise<string> {
  const employerId =
    request.employer === undefined ? undefined : await employerNamed(database, request.employer);
  const existing = await findAgency(database, request.agency);
  const kind =
    request.kind ?? (employerId === undefined ? parseKind(existing?.kind ?? 'labour_office') : 'employer');
  if (kind === 'employer' && employerId === undefined) {
    throw new Refusal('a token of kind employer needs --employer: it sees that one only');
  }
  const agency =
    existing ??
    (await addAgency(database, {
      code: request.agency,
      name: request.agency,
      kind,
      regions: request.regions ?? loadRegions().provinces.map(({ code }) => code),
    }));
  const clientId = `cli:${agency.code}`;
  const keys = await openKeys(config.PATUH_DATA_DIR);
  return issueToken(
    { keys, issuer: issuerOf(config), clock: () => new Date() },
    {
      agency: agency.code,
      kind,
      regions: request.regions ?? agency.regions,
      scopes: request.scopes,
      sub: request.sub ?? clientId,
      clientId,
      ...(employerId !== undefined && { employerId }),
      ttlSeconds: request.ttlSeconds,
    },
  );
}

/** OpenID Connect Core section 2: a subject has at most 255 characters. */
function person(sub: string | undefined): string | undefined {
  if (sub !== undefined && (sub.trim() === '' || sub.length > 255))
    throw new Refusal('--sub takes 1 to 255 characters');
  return sub;
}
