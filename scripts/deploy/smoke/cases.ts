/** What the smoke test asks of a gateway, as a table. */
import { BROKER_HEALTH_PATH, type BrokerTarget, brokerFlaw } from './brokerHealth.ts';

/** What a case needs to be asked at all. */
export type Need = 'key' | 'token' | 'username' | 'writes' | 'etag' | 'broker';

export interface SmokeCase {
  readonly name: string;
  readonly method?: 'GET' | 'PUT' | 'DELETE';
  /** Behind `/api`; `{username}` is filled in. */
  readonly path: string;
  readonly expect: readonly number[];
  readonly needs: readonly Need[];
  /** Which key to send; the right one unless said otherwise. */
  readonly key?: 'none' | 'wrong';
  readonly body?: string;
  /** Keeps the answer's ETag, or sends the kept one. */
  readonly etag?: 'keep' | 'send';
  /** What is wrong with a body that came with an expected status. */
  readonly flaw?: (body: string, target: BrokerTarget) => string | undefined;
  /** The status at which a gateway that nobody knows to have this has not got it. */
  readonly absent?: number;
}

const ANY_KEY = ['key'] as const;
const AS_USER = ['key', 'token', 'username'] as const;
const WRITING = [...AS_USER, 'writes'] as const;
const WANT = '/users/{username}/wants/249504';

/** In order; a later case may use what an earlier one kept. */
export const SMOKE_CASES: readonly SmokeCase[] = [
  { name: 'Ping', path: '/ping', expect: [200], needs: [] },
  { name: 'No key', path: '/artists/108713', expect: [401], needs: [], key: 'none' },
  { name: 'Wrong key', path: '/artists/108713', expect: [401], needs: [], key: 'wrong' },
  {
    name: 'Broker Health',
    path: BROKER_HEALTH_PATH,
    expect: [200],
    needs: ['broker'],
    key: 'none',
    flaw: brokerFlaw,
    absent: 404,
  },
  { name: 'Unknown path', path: '/no-such-path', expect: [404], needs: ANY_KEY },
  { name: 'Search without fields', path: '/database/search', expect: [400], needs: ['key', 'token'] },
  { name: 'Artist', path: '/artists/108713', expect: [200], needs: ANY_KEY },
  {
    name: 'Artist Releases',
    path: '/artists/108713/releases?page=1&per_page=5',
    expect: [200],
    needs: ANY_KEY,
  },
  {
    name: 'Database Search',
    path: '/database/search?q=beatles&per_page=5',
    expect: [200],
    needs: ['key', 'token'],
  },
  { name: 'Release', path: '/releases/249504', expect: [200], needs: ANY_KEY, etag: 'keep' },
  {
    name: 'Conditional Release',
    path: '/releases/249504',
    expect: [304],
    needs: ['key', 'etag'],
    etag: 'send',
  },
  {
    name: 'Price Suggestions',
    path: '/marketplace/price_suggestions/249504',
    expect: [200],
    needs: ['key', 'token'],
  },
  { name: 'Collection Folders', path: '/users/{username}/collection/folders', expect: [200], needs: AS_USER },
  { name: 'Wantlist', path: '/users/{username}/wants?page=1&per_page=5', expect: [200], needs: AS_USER },
  { name: 'Wantlist Upsert', method: 'PUT', path: WANT, expect: [200, 201], needs: WRITING, body: '{}' },
  { name: 'Wantlist Delete', method: 'DELETE', path: WANT, expect: [204], needs: WRITING },
];

/** Why a case was not asked. */
export const SKIP_REASONS: Readonly<Record<Need, string>> = {
  key: 'no client key (X_API_KEY)',
  token: 'no Discogs token (DISCOGS_TOKEN)',
  username: 'no --username',
  writes: 'no --include-write-tests; it adds release 249504 to the wantlist and takes it off',
  etag: 'the release had no ETag',
  broker: 'the broker is off',
};
