/** What the proxy asks of the authorization server: whose access token it is, and what may be done with it. */
import type { Scope } from '../catalog/scopes.ts';
import type { TokenPair } from '../discogs/oauth/authorization.ts';
import type { Audience } from '../lib/call.ts';

/** A user who has let an app in. */
export interface SignedInUser {
  /** A name for limits, cache and traces: the same for all grants of a user, and no clue to who it is. */
  readonly label: string;
  readonly grantId: string;
  /** Discogs' number of the user. */
  readonly userId: string;
  readonly username: string;
  readonly scopes: readonly Scope[];
  readonly credential: TokenPair;
}

/** Why an access token opens nothing. */
export type UserRejection =
  /** Unknown, expired, ended, or for another resource. */
  | { readonly kind: 'invalid_token' }
  /** The store does not answer, or the stored credential cannot be opened. */
  | { readonly kind: 'unavailable' };

/** Users by their access tokens. Never rejects but for bugs. */
export interface UserAccess {
  /** False for anything that cannot be an access token: a client key, for example. */
  isAccessToken(text: string): boolean;
  find(
    token: string,
    audience: Audience,
  ): Promise<{ readonly kind: 'user'; readonly user: SignedInUser } | UserRejection>;
  /** Counts a request of the user; the seconds to wait where the quota of 24 hours is used. */
  count(user: SignedInUser): Promise<number | undefined>;
  /**
   * Discogs has refused the credential for one request: false when it refuses it altogether, but not the application
   * itself, and the grant has ended.
   */
  isStillAccepted(user: SignedInUser, deadline: number): Promise<boolean>;
  /** The value of the `Authorization` header for one request to Discogs; each attempt needs its own. */
  authorization(user: SignedInUser, method: string, url: string): Promise<string>;
  /** Where the metadata of the resource is, for `WWW-Authenticate`. `baseUrl` ends without a slash. */
  metadataUrl(baseUrl: string, audience: Audience): string;
}
