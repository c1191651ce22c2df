import { z } from 'zod';

/** RFC 6749 section 4.4.2, with the assertion of RFC 7523 section 2.2. */
export const TokenRequestForm = z
  .object({
    grant_type: z.literal('client_credentials'),
    scope: z
      .string()
      .max(1000)
      .optional()
      .meta({
        description: 'Separated by spaces; all of the client without it',
        examples: ['registry:read checks:create'],
      }),
    client_id: z.string().max(200).optional(),
    client_assertion_type: z.literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer').optional(),
    client_assertion: z.string().max(8000).optional().meta({
      description:
        'JWT signed by the client, with iss and sub its id, aud the issuer or this address, jti and exp',
    }),
  })
  .meta({ id: 'TokenRequest' });

/** RFC 6749 section 5.1. */
export const TokenGranted = z
  .object({
    access_token: z.string().max(8000).meta({ description: 'JWT (RFC 9068)' }),
    token_type: z.literal('Bearer'),
    expires_in: z.int().min(1).max(86_400).meta({ description: 'Seconds' }),
    scope: z.string().max(1000).optional(),
  })
  .meta({ id: 'Token' });

/** RFC 6749 section 5.2. */
export const TokenRefused = z
  .object({
    error: z
      .string()
      .max(100)
      .meta({ examples: ['invalid_client', 'invalid_scope', 'invalid_request'] }),
    error_description: z.string().max(1000).optional(),
    scope: z.string().max(1000).optional(),
  })
  .meta({ id: 'TokenRefusal' });

const Word = z.string().max(100);
const Words = z.array(Word).max(100);
const Address = z.string().max(500);

/** RFC 7517 section 5. */
export const JwkSet = z
  .object({ keys: z.array(z.looseObject({ kty: Word, kid: Word, alg: Word, use: Word }).partial()).max(100) })
  .meta({ id: 'JwkSet' });

/** RFC 8414 section 2. */
export const IssuerMetadata = z
  .object({
    issuer: Address,
    token_endpoint: Address,
    jwks_uri: Address,
    scopes_supported: Words,
    response_types_supported: Words,
    grant_types_supported: Words,
    token_endpoint_auth_methods_supported: Words,
    token_endpoint_auth_signing_alg_values_supported: Words,
  })
  .meta({ id: 'IssuerMetadata' });
