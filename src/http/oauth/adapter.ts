import { type Adapter, type ClientMetadata, errors } from 'oidc-provider';
import { agencies, and, clients, type Database, eq, isNull, lt, oauthState } from '#src/db/index.ts';
import { isPossibleId } from '../callers.ts';

/** Where oidc-provider finds clients and remembers what it has seen. */
export function adapterOf(database: Database, clock: () => Date): (model: string) => Adapter {
  return (model) => (model === 'Client' ? clientAdapter(database) : onceOnly(database, clock, model));
}

function clientAdapter({ orm }: Database): Adapter {
  return {
    async find(clientId) {
      if (!isPossibleId(clientId)) return undefined;
      const [row] = await orm
        .select({ client: clients, agency: agencies })
        .from(clients)
        .innerJoin(agencies, eq(agencies.code, clients.agencyCode))
        .where(and(eq(clients.clientId, clientId), isNull(clients.revokedAt)));
      return row && metadataOf(row.client, row.agency);
    },
    async upsert() {
      throw new Error('clients are registered at the command line');
    },
  };
}

/** A client in the terms of RFC 7591 section 2, with the claims that its tokens carry. */
function metadataOf(
  client: typeof clients.$inferSelect,
  agency: typeof agencies.$inferSelect,
): ClientMetadata {
  return {
    client_id: client.clientId,
    token_endpoint_auth_method: client.authMethod,
    // The hash: what is compared is the hash of what the client sends.
    ...(client.secretHash !== null && { client_secret: client.secretHash }),
    ...(client.jwks !== null && { jwks: client.jwks }),
    scope: client.scopes.join(' '),
    caller: {
      agency: agency.code,
      agency_kind: agency.kind,
      regions: agency.regions,
      ...(client.employerId !== null && { employer: client.employerId }),
    },
  };
}

/**
 * Records that may be made once while they live: the ids of client assertions (RFC 7523 section 3, point 7). The
 * insertion itself decides, so that of two instances that see the same assertion at once only one takes it.
 */
function onceOnly({ orm }: Database, clock: () => Date, model: string): Adapter {
  return {
    find: async () => undefined,
    async upsert(id, payload, expiresIn) {
      const now = clock();
      await orm.delete(oauthState).where(lt(oauthState.expiresAt, now));
      const expiresAt = new Date(now.getTime() + expiresIn * 1000);
      const made = await orm
        .insert(oauthState)
        .values({ model, id, payload, expiresAt })
        .onConflictDoNothing();
      if (made.rowCount === 0) throw new errors.InvalidClientAuth('used before');
    },
  };
}
