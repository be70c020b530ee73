/** What Discogs remembers of sign-ins: request tokens, the grants that came of them, and the nonces it has seen. */
import { randomBytes } from 'node:crypto';

/** Request token and verifier live this long. @see https://www.discogs.com/developers#page:authentication */
const REQUEST_TOKEN_MS = 15 * 60_000;
/** Letters of a verifier, which a user may have to type. */
const VERIFIER_BYTES = 5;
const TOKEN_BYTES = 20;
/** Nobody looks at more expired tokens than this. */
const SWEEP_AT = 1_000;

export interface RequestToken {
  readonly token: string;
  readonly secret: string;
  /** `oob`: the page shows the verifier instead of sending the browser on. */
  readonly callback: string;
  readonly expiresAt: number;
  /** Undefined until the user has consented. */
  approved: { readonly username: string; readonly verifier: string } | undefined;
}

export interface Grant {
  readonly token: string;
  readonly secret: string;
  readonly username: string;
}

export interface Grants {
  issue(callback: string): RequestToken;
  /** Undefined for an unknown, expired, denied or spent token. */
  requestToken(token: string): RequestToken | undefined;
  /** Notes the consent and gives the verifier. */
  approve(requested: RequestToken, username: string): string;
  /** Ends a request token: the user has denied. */
  drop(requested: RequestToken): void;
  /** Spends a request token. Every consent makes a further grant; older ones stay. */
  grant(requested: RequestToken, username: string): Grant;
  granted(token: string): Grant | undefined;
  all(): readonly Grant[];
  /** Takes grants back, of one user or of all, and tells how many. */
  revoke(username: string | undefined): number;
}

const secretText = (bytes: number): string => randomBytes(bytes).toString('hex');

export function createGrants(now: () => number): Grants {
  const requested = new Map<string, RequestToken>();
  const grants = new Map<string, Grant>();

  const sweep = (): void => {
    for (const { token, expiresAt } of requested.values()) if (expiresAt <= now()) requested.delete(token);
  };

  return {
    issue(callback) {
      if (requested.size >= SWEEP_AT) sweep();
      const token = secretText(TOKEN_BYTES);
      const issued: RequestToken = {
        token,
        secret: secretText(TOKEN_BYTES),
        callback,
        expiresAt: now() + REQUEST_TOKEN_MS,
        approved: undefined,
      };
      requested.set(token, issued);
      return issued;
    },
    requestToken(token) {
      const found = requested.get(token);
      return found === undefined || found.expiresAt <= now() ? undefined : found;
    },
    approve(request, username) {
      const verifier = secretText(VERIFIER_BYTES);
      request.approved = { username, verifier };
      return verifier;
    },
    drop: ({ token }) => void requested.delete(token),
    grant({ token }, username) {
      requested.delete(token);
      const granted = { token: secretText(TOKEN_BYTES), secret: secretText(TOKEN_BYTES), username };
      grants.set(granted.token, granted);
      return granted;
    },
    granted: (token) => grants.get(token),
    all: () => [...grants.values()],
    revoke(username) {
      const revoked = [...grants.values()].filter((grant) => grant.username === (username ?? grant.username));
      for (const { token } of revoked) grants.delete(token);
      return revoked.length;
    },
  };
}
