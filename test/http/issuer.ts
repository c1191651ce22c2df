import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Config, readConfig } from '#src/config.ts';
import { agencies, clients, type Database, openDatabase } from '#src/db/index.ts';
import type { AgencyKind, Scope } from '#src/http/actor.ts';
import { type Keys, openKeys } from '#src/http/keys.ts';
import { createTokenVerifier, issuerOf, issueToken, type TokenClaims } from '#src/http/tokens.ts';
import { cloneDatabase } from '#test/setup/database.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');

/** The service as issuer, on a database of its own, with a clock that the test moves. */
export type Issuer = Awaited<ReturnType<typeof openIssuer>>;

export async function openIssuer(env: Record<string, string> = {}, start = NOON) {
  const folder = await mkdtemp(join(tmpdir(), 'patuh-keys-'));
  const copy = await cloneDatabase(inject('adminUrl'));
  const database: Database = openDatabase(copy.url, { connections: 4 });
  const config: Config = readConfig(env);
  const keys: Keys = await openKeys(folder);
  const issuer = issuerOf(config);
  let now = start;
  const clock = () => new Date(now);
  return {
    ...{ folder, url: copy.url, database, config, keys, issuer, clock },
    tokens: createTokenVerifier({ config, keys, database, clock, issuer }),
    pass(seconds: number) {
      now += seconds * 1000;
    },
    issue: (claims: Partial<TokenClaims> = {}) =>
      issueToken({ keys, issuer, clock }, { ...CLERK, ...claims }),
    async addAgency(code: string, kind: AgencyKind, regions: string[]) {
      await database.orm.insert(agencies).values({ code, name: code, kind, regions, createdAt: clock() });
    },
    async addClient(clientId: string, client: Partial<typeof clients.$inferInsert> & { agencyCode: string }) {
      const scopes: Scope[] = ['registry:read', 'checks:create'];
      const required = {
        clientId,
        name: clientId,
        authMethod: 'private_key_jwt',
        scopes,
        createdAt: clock(),
      };
      await database.orm.insert(clients).values({ ...required, ...client });
    },
    async close() {
      await database.close();
      await copy.drop();
      await rm(folder, { recursive: true });
    },
  };
}

export const CLERK: TokenClaims = {
  agency: 'disnaker-diy',
  kind: 'labour_office',
  regions: ['34'],
  scopes: ['registry:read', 'checks:create'],
  sub: 'budi',
  clientId: 'cli:disnaker-diy',
  ttlSeconds: 600,
};

/** What a refused token is answered with. */
export const REFUSED = {
  code: 'unauthorized',
  details: { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
};
