/** The stores of one search, and of one call of a sign-in, each with its share of a request's queries. */
import type { BudgetPolicy } from '@discogs-agent/core';
import type { BrokerWindow, ClockOffset, SearchStores } from '@discogs-agent/core/broker';
import { countedD1, type D1 } from './database.ts';
import { d1SearchCache } from './searchCache.ts';
import { d1WindowStore } from './windowStore.ts';

/** Settings and seams. */
export interface D1StoresOptions {
  /** A new session with `first-primary`, called for every query. */
  readonly openDatabase: () => D1;
  readonly policy: BudgetPolicy;
  /** `SEARCH_CACHE_TTL_SECONDS`. */
  readonly cacheSeconds: number;
  readonly now: () => number;
  readonly newId: () => string;
  /** Of the database, against `now`: one for all requests of an isolate. */
  readonly clock: ClockOffset;
}

/** Of the 40 that a request may use, four are for the session. */
const SEARCH_QUERIES = 36;
/** Taking a slot (4), keeping it (2), the lease, the answer (2), a pause, the end of the lease, leaving the line. */
const SEARCH_END_QUERIES = 12;
/** A callback makes two calls to Discogs and needs about ten queries for the session. */
const SIGN_IN_QUERIES = 15;
/** Taking a slot (3), keeping it (2), a pause, leaving the line. */
const SIGN_IN_END_QUERIES = 7;

/** For `createSearches`. */
export function openSearchStores({ openDatabase, policy, cacheSeconds, now, newId, clock }: D1StoresOptions) {
  return (): SearchStores => {
    const database = countedD1(openDatabase, SEARCH_QUERIES, SEARCH_END_QUERIES);
    return {
      window: d1WindowStore(database, policy, now, clock),
      answers: d1SearchCache(database, cacheSeconds, now, newId),
    };
  };
}

/** For `createAdmit`. */
export function openSignInWindow({ openDatabase, policy, now, clock }: D1StoresOptions) {
  const counted = () => countedD1(openDatabase, SIGN_IN_QUERIES, SIGN_IN_END_QUERIES);
  return (): BrokerWindow => d1WindowStore(counted(), policy, now, clock);
}
