import type { Actor } from './actor.ts';

/** A token that is genuine until its end; who it stands for is asked again at each use, since clients are revoked. */
export type VerifiedToken = { expiresAt: number; actor(): Promise<Actor | undefined> };

/** Checks one issuer's tokens; throws jose's errors. */
export type TokenSource = (jwt: string) => Promise<VerifiedToken>;
