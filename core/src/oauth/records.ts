/** The three kinds of records as they are stored: JSON, checked when it is read. */
import * as z from 'zod/mini';
import { SCOPES } from '../catalog/scopes.ts';
import { once } from '../lib/once.ts';
import type { OAuthRecord } from './stores.ts';

const target = {
  clientId: z.string(),
  /** Who vouches for the client; null where nobody does. */
  clientHost: z.nullable(z.string()),
  redirectUri: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  audience: z.enum(['api', 'mcp']),
  challenge: z.nullable(z.string()),
};

const identity = { userId: z.string(), username: z.string() };
/** Token and secret of a credential at Discogs, sealed together. */
const sealed = z.string();

const requestSchema = once(() =>
  z.object({
    /** Proof of the browser that began it. */
    browser: z.string(),
    /** What the app wants; null for somebody who wants to see their grants. */
    target: z.nullable(z.object({ ...target, state: z.nullable(z.string()) })),
    stage: z.discriminatedUnion('kind', [
      /** The browser is at Discogs; the request token, sealed. */
      z.object({ kind: z.literal('at_discogs'), requestToken: z.string(), sealed }),
      /** A verifier is being spent. */
      z.object({ kind: z.literal('exchanging') }),
      /** Discogs has given a credential, and not yet said whose it is. */
      z.object({ kind: z.literal('nameless'), sealed }),
      /** The user must answer; the credential is kept where an app is to get it. */
      z.object({ kind: z.literal('signed_in'), ...identity, sealed: z.nullable(sealed) }),
      /** The user has answered; null for a no. */
      z.object({ kind: z.literal('answered'), grantId: z.nullable(z.string()) }),
    ]),
  }),
);

const hashed = z.object({ hash: z.string(), expiresAt: z.number() });

const grantSchema = once(() =>
  z.object({
    ...target,
    ...identity,
    sealed,
    createdAt: z.number(),
    code: z.object({ ...hashed.shape, isUsed: z.boolean() }),
    /** Undefined until the code is used. */
    refresh: z.optional(
      z.object({ hash: z.string(), previousHash: z.nullable(z.string()), rotatedAt: z.number() }),
    ),
    /** In force, the newest first. */
    access: z.array(hashed),
  }),
);

const clientSchema = once(() => z.object({ redirectUris: z.array(z.string()) }));

export type AuthorizationRequest = z.infer<ReturnType<typeof requestSchema>>;
export type AuthorizationTarget = NonNullable<AuthorizationRequest['target']>;
export type Grant = z.infer<ReturnType<typeof grantSchema>>;
export type RegisteredClient = z.infer<ReturnType<typeof clientSchema>>;

/** Each throws for a record that no version of the server writes. */
export const readRequestRecord = ({ data }: OAuthRecord): AuthorizationRequest =>
  requestSchema().parse(JSON.parse(data));
export const readGrantRecord = ({ data }: OAuthRecord): Grant => grantSchema().parse(JSON.parse(data));
export const readClientRecord = ({ data }: OAuthRecord): RegisteredClient =>
  clientSchema().parse(JSON.parse(data));

export const requestRecord = (id: string, request: AuthorizationRequest, expiresAt: number): OAuthRecord => ({
  id,
  owner: '',
  expiresAt,
  data: JSON.stringify(request),
});
export const grantRecord = (id: string, grant: Grant, expiresAt: number): OAuthRecord => ({
  id,
  owner: grant.userId,
  expiresAt,
  data: JSON.stringify(grant),
});
export const clientRecord = (id: string, client: RegisteredClient, expiresAt: number): OAuthRecord => ({
  id,
  owner: '',
  expiresAt,
  data: JSON.stringify(client),
});
