/** The core of the gateway: everything about Discogs, nothing about a host. */

export { LONGEST_SECONDS } from './catalog/cacheTimes.ts';
export { catalog } from './catalog/index.ts';
export { createMatcher, type Match, match } from './catalog/match.ts';
export type { Audience, Method, Operation, OperationBody, OperationReply } from './catalog/operation.ts';
export { MAX_PATH_SEGMENT_CHARS, MAX_QUERY_VALUE_CHARS, type Parameter } from './catalog/parameters.ts';
export { SCOPES, type Scope, scopeOf } from './catalog/scopes.ts';
export type { Catalogue, CatalogueAnswer, CatalogueStatus } from './catalogue/catalogue.ts';
export type { FetchedAnswer, Fetcher, FetchFailure } from './discogs/fetcher.ts';
export { linkOrigins, rewriteLinkHeader, rewriteLinks } from './discogs/links.ts';
export type { CheckedInput, DiscogsRequest } from './discogs/request.ts';
export type { UpstreamFailure } from './discogs/upstreamFailure.ts';
export { type Answer, type Call, NO_BODY } from './lib/call.ts';
export { type ClockOffset, createClockOffset } from './lib/clockOffset.ts';
export { errorName } from './lib/describeError.ts';
export {
  type Environment,
  isUnresolvedReference,
  type Product,
  type SettingProblem,
} from './lib/environment.ts';
export { gzip } from './lib/gzip.ts';
export { type Lazy, lazy } from './lib/lazy.ts';
export type { Log } from './lib/log.ts';
export { misreadVariables } from './lib/looseVariables.ts';
export { createRecentCounts, outcomeOf, type RecentCounts } from './lib/recentCounts.ts';
export type { AttemptEvent, LogEvent, TelemetryEvent } from './lib/telemetryEvent.ts';
export { metadataUrl } from './oauth/resources.ts';
export { hasAccessTokenForm } from './oauth/tokens.ts';
export { isPresentable, parseApiKey, parseClientKeys } from './proxy/auth/clientKeys.ts';
export { keyInHeader } from './proxy/auth/presentedKey.ts';
export * from './proxy/auth/secrets.ts';
export type { Failure, Refusal } from './proxy/failure.ts';
export { createGateway, type Gateway, type GatewayDependencies } from './proxy/gateway.ts';
export { renderFailure } from './proxy/response/renderFailure.ts';
export { type GatewaySettings, readSettings } from './proxy/settings.ts';
export type { CatalogueSetting } from './proxy/source.ts';
export { MAX_BODY_BYTES } from './proxy/validation/checkBody.ts';
export type { Acquire, Acquired, AcquirePriority, NotAcquired } from './signIn/acquire.ts';
export type { SignedInUser, UserAccess } from './signIn/userAccess.ts';
export { createBreaker } from './upstream/breaker/breaker.ts';
export { type AnswerCodec, createAnswerCodec, type StoredAnswer } from './upstream/cache/answerCodec.ts';
export type { Digest } from './upstream/cache/readAnswer.ts';
export { createSharedCache, type SharedCache } from './upstream/cache/sharedCache.ts';
export {
  memorySharedStore,
  NO_ENTRY,
  noEntry,
  type SharedEntry,
  type SharedStore,
} from './upstream/cache/sharedStore.ts';
export { type CachingClient, createCachingClient } from './upstream/cachingClient.ts';
export { createRateLimiter } from './upstream/ratelimit/limiter.ts';
export type { RateLimiter } from './upstream/ratelimit/limiterTypes.ts';
export { type BudgetPolicy, discogsBudget } from './upstream/ratelimit/policy.ts';
export { createResilientStore, type ResilientStore } from './upstream/ratelimit/resilientStore.ts';
export { emptyWindow, type WindowState } from './upstream/ratelimit/window.ts';
export {
  createWindowCodec,
  encodeWindow,
  readWindow,
  type WindowCodec,
} from './upstream/ratelimit/windowCodec.ts';
export {
  memoryWindowStore,
  type StoredWindow,
  type SyncWindowStore,
  type WindowStore,
} from './upstream/ratelimit/windowStore.ts';
export { ATTEMPT_MS, MAX_ANSWER_BYTES, RESERVE_MS } from './upstream/send.ts';
