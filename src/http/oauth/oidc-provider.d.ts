/** The part of oidc-provider that is used here; the package brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export type ClientMetadata = Record<string, unknown>;

  export class Client {
    readonly [property: string]: unknown;
    readonly clientId: string;
    readonly scope: string;
    readonly clientSecret?: string;
    compareClientSecret(secret: string): boolean | Promise<boolean>;
  }

  export type Context = {
    res: ServerResponse;
    body: unknown;
    mountPath?: string;
    /** False: the answer is read from the context, and not written. */
    respond: boolean;
    oidc: { params: Record<string, string | undefined> };
  };

  export type Token = { client: Client };

  export type Adapter = {
    find(id: string): Promise<Record<string, unknown> | undefined>;
    upsert(id: string, payload: Record<string, unknown>, expiresIn: number): Promise<void>;
  };

  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    readonly Client: { prototype: Client };
    readonly OIDCContext: { prototype: { clientJwtAuthExpectedAudience(): Set<string> } };
    use(middleware: (ctx: Context, next: () => Promise<void>) => Promise<void>): this;
    on(event: 'grant.error' | 'server_error', listener: (ctx: Context, error: OAuthError) => void): this;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  }

  export class OAuthError extends Error {
    constructor(detail?: string);
    readonly error: string;
    readonly error_detail?: string;
  }

  export const errors: {
    InvalidClientAuth: typeof OAuthError;
    InvalidTarget: typeof OAuthError;
    InvalidScope: new (description: string, scope: string) => OAuthError;
  };
}
