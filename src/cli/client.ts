import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { clients, uuidv7 } from '#src/db/index.ts';
import { REVOCATIONS } from '#src/http/callers.ts';
import { hashSecret, newSecret } from '#src/http/client-secret.ts';
import { findAgency } from './agency.ts';
import type { Command } from './command.ts';
import { employerNamed } from './employer.ts';
import { atWork } from './open.ts';
import { parseScopes, required } from './options.ts';
import { Refusal } from './refusal.ts';

export const command: Command = {
  usage: `patuh client create --agency <code> --name <name> --scope "<scopes>" [--jwks <file>]
    [--employer <id>|npp:<NPP>|nib:<NIB>]
patuh client revoke <id>
patuh client list
    OAuth clients of agencies; without --jwks a secret is made, and shown this once`,
  async run([verb, ...args]) {
    if (verb === 'create') await create(args);
    else if (verb === 'revoke') await revoke(args);
    else if (verb === 'list') await list(args);
    else throw new Refusal(command.usage);
  },
};

async function create(args: string[]): Promise<void> {
  const option = { type: 'string' } as const;
  const names = { agency: option, name: option, scope: option, jwks: option, employer: option };
  const { values } = parseArgs({ args, options: names });
  const code = required(values.agency, 'agency');
  const client = {
    name: required(values.name, 'name'),
    scopes: parseScopes(required(values.scope, 'scope')),
  };
  const jwks = values.jwks === undefined ? undefined : await readPublicKeys(values.jwks);
  const secret = jwks ? undefined : newSecret();
  await atWork(async ({ database }) => {
    const agency = await findAgency(database, code);
    if (!agency) throw new Refusal(`there is no agency '${code}': make it with \`patuh agency create\``);
    if ((agency.kind === 'employer') !== (values.employer !== undefined)) {
      throw new Refusal('--employer binds a client of an agency of kind employer, and only that');
    }
    const clientId = uuidv7();
    await database.orm.insert(clients).values({
      ...client,
      clientId,
      agencyCode: agency.code,
      authMethod: jwks ? 'private_key_jwt' : 'client_secret_basic',
      secretHash: secret === undefined ? null : hashSecret(secret),
      jwks: jwks ?? null,
      employerId: values.employer === undefined ? null : await employerNamed(database, values.employer),
      createdAt: new Date(),
    });
    print({ clientId, clientSecret: secret });
  });
}

async function revoke(args: string[]): Promise<void> {
  const [clientId, ...more] = parseArgs({ args, options: {}, allowPositionals: true }).positionals;
  if (clientId === undefined || more.length > 0) throw new Refusal(command.usage);
  await atWork(async ({ database }) => {
    // In one statement: nobody is revoked of whom the processes do not hear.
    const revoked = await database.pool.query(
      `with revoked as (update clients set revoked_at = $2 where client_id = $1 and revoked_at is null
                        returning client_id)
       select pg_notify($3, client_id) from revoked`,
      [clientId, new Date(), REVOCATIONS],
    );
    if (revoked.rowCount === 0) throw new Refusal(`there is no client '${clientId}' to revoke`);
  });
}

async function list(args: string[]): Promise<void> {
  parseArgs({ args, options: {} });
  await atWork(async ({ database }) => {
    for (const { secretHash: _, ...client } of await database.orm
      .select()
      .from(clients)
      .orderBy(clients.clientId)) {
      print(client);
    }
  });
}

const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.enum(['OKP', 'EC', 'RSA']) })).min(1) });

/** A JWK set (RFC 7517) of public keys only: a private key in it would already be in too many hands. */
async function readPublicKeys(path: string): Promise<{ keys: JsonWebKey[] }> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Refusal(`${path} cannot be read`);
  });
  try {
    const { keys } = KeySet.parse(JSON.parse(text));
    if (keys.some((key) => 'd' in key))
      throw new Refusal(`${path} holds a private key: give the public ones`);
    for (const key of keys) createPublicKey({ key, format: 'jwk' });
    return { keys };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${path} is not a JWK set of public keys (RFC 7517)`);
  }
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
