/** The broker's search, without state and network. */
export { searchCacheKey } from './cacheKey.ts';
export { readStoredPayload, type SearchPayload, type SearchResult, storedPayload } from './payload.ts';
export { type CheckedQuery, checkSearchBody, type SearchQuery } from './query.ts';
export {
  type SearchAnswered,
  type SearchOutcome,
  type SearchPorts,
  searchDiscogs,
} from './searchDiscogs.ts';
export type { SearchParameters } from './searchParameters.ts';
export { searchTtlSeconds } from './searchTtl.ts';
