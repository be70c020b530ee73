/**
 * What the sign-in keeps, and what each store must guarantee. Every operation is atomic by itself: one SQL statement on
 * D1, one compare-and-set by ETag on Azure Tables. No operation may act on a stale copy: the browser follows the link a
 * moment after `start` wrote the row, and a replica that lags would tell a user that the session does not exist. On D1
 * that means a session opened with `first-primary`. Ids come from callers and may be any text: a store whose keys are
 * limited encodes or hashes them. All times are Unix seconds.
 */
import type { PruneRunStore } from '../signIn/prune.ts';
import type { ThrottleStore } from '../signIn/throttleStore.ts';

export type { PruneRunStore } from '../signIn/prune.ts';
export type { ThrottleCount, ThrottleStore } from '../signIn/throttleStore.ts';

/**
 * `pending` → (callback) `authorized` → (finalize) `finalized`. `expired` is written only when the user declines: that the
 * time is over is computed by each reader, so that a clock that was wrong for a while ends no session for good.
 */
export type SessionStatus = 'pending' | 'authorized' | 'finalized' | 'expired';

/** A row of `device_sessions`; the column is the member's name in snake case, unless noted. */
export interface DeviceSession {
  /** Primary key. */
  readonly deviceId: string;
  /** The sign-in's secret until finalize, which replaces it by a value that nobody has seen. */
  readonly pendingToken: string;
  readonly status: SessionStatus;
  readonly pollIntervalSeconds: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** End of the time to sign in. Without meaning once `finalized`. */
  readonly expiresAt: number;
  readonly authorizedAt: number | null;
  /** Column `oauth_access_token`. */
  readonly accessToken: string | null;
  /** Column `oauth_access_token_secret`; sealed, see `signIn/seal.ts`. */
  readonly sealedSecret: string | null;
  /** Column `oauth_identity`: the Discogs user's name or id, for people only. */
  readonly identity: string | null;
  /** The proof of the browser that linked the session, see `state/browserProof.ts`; null for rows of older versions. */
  readonly linkedBy: string | null;
  readonly sessionTokenHash: string | null;
  /** End of the broker session. */
  readonly sessionExpiresAt: number | null;
  readonly finalizedAt: number | null;
}

/** The credential that a callback brings. */
export interface Authorization {
  readonly accessToken: string;
  readonly sealedSecret: string;
  readonly linkedBy: string;
}

/** What finalize sets. */
export interface Finalization {
  readonly sessionTokenHash: string;
  readonly sessionExpiresAt: number;
  readonly newPendingToken: string;
}

/** Table `device_sessions`. Operations that return a boolean say whether exactly one row was changed. */
export interface DeviceSessionStore {
  /** `INSERT INTO device_sessions …`, status `pending`; rejects when the device id exists. */
  insert(session: DeviceSession): Promise<void>;

  /** `SELECT * … WHERE device_id = ?`. Callers compare the pending token themselves, in constant time. */
  get(deviceId: string): Promise<DeviceSession | null>;

  /**
   * `SELECT * … WHERE session_token_hash = ? AND status = 'finalized' AND session_expires_at > :now`. A store without a
   * second index keeps an entry by hash, written before the session changes: one that leads nowhere does no harm.
   */
  getByTokenHash(hash: string, now: number): Promise<DeviceSession | null>;

  /**
   * The user declined: `UPDATE … SET status = 'expired', updated_at = :now WHERE device_id = ? AND pending_token = ? AND
   * status = 'pending'`.
   */
  deny(deviceId: string, pendingToken: string, now: number): Promise<boolean>;

  /**
   * `UPDATE … SET status = 'authorized', oauth_access_token = ?, oauth_access_token_secret = ?, linked_by = ?,
   * authorized_at = :now, updated_at = :now WHERE device_id = ? AND pending_token = ? AND status = 'pending' AND
   * expires_at > :now`. Of two people who consent, the second changes nothing.
   */
  authorize(
    deviceId: string,
    pendingToken: string,
    authorization: Authorization,
    now: number,
  ): Promise<boolean>;

  /** `UPDATE … SET oauth_identity = ? WHERE device_id = ?`. */
  setIdentity(deviceId: string, identity: string): Promise<boolean>;

  /**
   * `UPDATE … SET status = 'finalized', session_token_hash = ?, session_expires_at = ?, pending_token = ?,
   * finalized_at = :now, updated_at = :now WHERE device_id = ? AND pending_token = ? AND status = 'authorized' AND
   * expires_at > :now`. Of any number of concurrent calls, one returns true.
   */
  finalize(deviceId: string, pendingToken: string, finalization: Finalization, now: number): Promise<boolean>;

  /** `UPDATE … SET oauth_access_token_secret = :to WHERE device_id = ? AND oauth_access_token_secret = :from`. */
  reseal(deviceId: string, from: string, to: string): Promise<boolean>;

  /** `DELETE … WHERE session_token_hash = ?`: the session and the credential are gone at once. */
  end(sessionTokenHash: string): Promise<boolean>;

  /**
   * `DELETE … WHERE (status <> 'finalized' AND expires_at <= :before) OR (status = 'finalized' AND (session_expires_at IS
   * NULL OR session_expires_at <= :before))`. The number of rows removed.
   */
  prune(before: number): Promise<number>;
}

/** A row of `oauth_request_tokens`. */
export interface StoredRequestToken {
  /** Primary key. */
  readonly oauthToken: string;
  /** Column `oauth_token_secret`; sealed. */
  readonly sealedSecret: string;
  readonly deviceId: string;
  readonly pendingToken: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Table `oauth_request_tokens`. */
export interface RequestTokenStore {
  /** `INSERT … ON CONFLICT (oauth_token) DO UPDATE …`. */
  put(token: StoredRequestToken): Promise<void>;

  /**
   * `DELETE … WHERE oauth_token = ? AND device_id = ? AND pending_token = ? AND expires_at > :now RETURNING *`. Of any
   * number of concurrent calls, one gets the row. Who could not use it puts it back.
   */
  claim(
    oauthToken: string,
    deviceId: string,
    pendingToken: string,
    now: number,
  ): Promise<StoredRequestToken | null>;

  /** `DELETE … WHERE device_id = ?`: after finalize nothing may hold the original pending token. */
  dropDevice(deviceId: string): Promise<void>;

  /** `DELETE … WHERE expires_at <= :before`. The number of rows removed. */
  prune(before: number): Promise<number>;
}

/** Everything that the sign-in keeps. */
export interface BrokerStores {
  readonly sessions: DeviceSessionStore;
  readonly requestTokens: RequestTokenStore;
  readonly throttle: ThrottleStore;
  readonly pruneRuns: PruneRunStore;
}
