/** What the proxy asks of the authorization server: whose access token it is, and what may be done with it. */
import type { TokenPair } from '../discogs/oauth/authorization.ts';

/** Every right that a user can give to an app. */
export const SCOPES = ['read', 'collection:write', 'marketplace:write'] as const;
export type Scope = (typeof SCOPES)[number];

/** What a token is for: everything, or MCP alone. */
export type Audience = 'api' | 'mcp';

/** A user who has let an app in. */
export interface SignedInUser {
  /** Of this grant; no secret of its own, but shown to nobody. */
  readonly grantId: string;
  /** Discogs' number of the user. */
  readonly userId: string;
  readonly username: string;
  readonly scopes: readonly Scope[];
  readonly credential: TokenPair;
}

/** Why a request with an access token, or without one, is not let in. */
export type UserRejection =
  /** Unknown, expired, ended, or for another resource. */
  | { readonly kind: 'invalid_token' }
  /** The user's calls of this day are used. */
  | { readonly kind: 'quota_used'; readonly retryAfterSeconds: number }
  /** The store does not answer, or the stored credential cannot be opened. */
  | { readonly kind: 'unavailable' };

/** Users by their access tokens. */
export interface UserAccess {
  /** False for anything that cannot be an access token: a client key, for example. */
  isAccessToken(text: string): boolean;
  /** Counts one call of the user. Never rejects. */
  find(
    token: string,
    audience: Audience,
  ): Promise<{ readonly kind: 'user'; readonly user: SignedInUser } | UserRejection>;
  /** Discogs takes the credential no more: the grant ends, so that the app asks its user to sign in again. */
  ended(user: SignedInUser): Promise<void>;
  /** The value of the `Authorization` header for one request to Discogs. */
  authorization(user: SignedInUser, method: string, url: string): Promise<string>;
  /** Where the metadata of the resource is, for `WWW-Authenticate`. `baseUrl` ends without a slash. */
  metadataUrl(baseUrl: string, audience: Audience): string;
}
