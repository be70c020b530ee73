/**
 * What the authorization server keeps, and what each store must guarantee. There are three kinds of records, all of one
 * shape: everything that must change together is one record, so that each operation is atomic by itself: one conditional
 * SQL statement on D1, one compare-and-set by ETag on Azure Tables. Ids may be any text. All times are Unix seconds.
 */

/** One record. The members outside `data` are what stores search by. */
export interface OAuthRecord {
  readonly id: string;
  /** Whose it is, for lists; empty where there are none. */
  readonly owner: string;
  /** Nobody can use it from then on. */
  readonly expiresAt: number;
  /** JSON, at most 16,000 characters. */
  readonly data: string;
}

/** Records of one kind. */
export interface RecordStore {
  /** Rejects when the id exists. */
  insert(record: OAuthRecord): Promise<void>;

  /** The newest state, never that of a replica. Expired records are returned: the caller looks at the time. */
  get(id: string): Promise<OAuthRecord | null>;

  /**
   * Shows `decide` the record and puts what it returns in its place, unless somebody else was faster: then it is asked
   * again. `decide` must be pure. False when there is no such record, or it returns undefined.
   */
  change(id: string, decide: (record: OAuthRecord) => OAuthRecord | undefined): Promise<boolean>;

  /** Removes the record, and returns it. Of any number of callers, one gets it. */
  take(id: string): Promise<OAuthRecord | null>;

  /** All records of an owner, in any order; not more than `limit`. */
  ownedBy(owner: string, limit: number): Promise<readonly OAuthRecord[]>;

  /** Removes those with `expiresAt <= before`; the number of records removed. */
  prune(before: number): Promise<number>;
}

/** Everything that the authorization server keeps. */
export interface OAuthStores {
  /** Authorizations under way, from `/authorize` to the answer on the consent page. */
  readonly requests: RecordStore;
  /** What users have allowed. */
  readonly grants: RecordStore;
  /** Clients that registered themselves. */
  readonly clients: RecordStore;
}
