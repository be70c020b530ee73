/** The core of the gateway: everything about Discogs, nothing about a host. */
export { catalog } from './catalog/index.ts';
export { createMatcher, type Match, match } from './catalog/match.ts';
export type { Audience, Method, Operation, OperationBody, OperationReply } from './catalog/operation.ts';
export { MAX_PATH_SEGMENT_CHARS, MAX_QUERY_VALUE_CHARS, type Parameter } from './catalog/parameters.ts';
export type { Admission, AdmissionLane, Admit, NotAdmitted } from './discogs/admission.ts';
export { ATTEMPT_MS, MAX_ANSWER_BYTES, RESERVE_MS } from './discogs/client.ts';
export type { FetchedAnswer, Fetcher, FetchFailure } from './discogs/fetcher.ts';
export type { CheckedInput, DiscogsRequest } from './discogs/request.ts';
export { createBreaker } from './gateway/budget/breaker.ts';
export { type ClockOffset, createClockOffset } from './gateway/budget/clockOffset.ts';
export { createGate } from './gateway/budget/gate.ts';
export type { Gate } from './gateway/budget/gateTypes.ts';
export { type BudgetPolicy, discogsBudget } from './gateway/budget/policy.ts';
export { createResilientStore, type ResilientStore } from './gateway/budget/resilientStore.ts';
export { memoryWindowStore, type StoredWindow, type WindowStore } from './gateway/budget/store.ts';
export { emptyWindow, type WindowState } from './gateway/budget/window.ts';
export { createWindowCodec, type WindowCodec } from './gateway/budget/windowCodec.ts';
export { type AnswerCodec, createAnswerCodec, type StoredAnswer } from './gateway/cache/answerCodec.ts';
export { gzip } from './gateway/cache/gzip.ts';
export {
  memorySharedAnswers,
  NO_ENTRY,
  noEntry,
  type SharedAnswers,
  type SharedEntry,
} from './gateway/cache/sharedAnswers.ts';
export { createSharedTier, type SharedTier } from './gateway/cache/sharedTier.ts';
export { type Answer, type Call, NO_BODY } from './gateway/call.ts';
export { MAX_BODY_BYTES } from './gateway/checkBody.ts';
export { isPresentable, parseApiKey, parseClientKeys } from './gateway/clientKeys.ts';
export { createEconomy, type Economy } from './gateway/economy.ts';
export type { AttemptFact, Fact, LineFact } from './gateway/fact.ts';
export type { Failure, Refusal, UpstreamFailure } from './gateway/failure.ts';
export { createGateway, type Gateway, type GatewayDependencies } from './gateway/gateway.ts';
export type { Log } from './gateway/log.ts';
export type { Digest } from './gateway/readAnswer.ts';
export { type RenderedFailure, renderFailure } from './gateway/renderFailure.ts';
export { linkOrigins, rewriteLinkHeader, rewriteLinks } from './gateway/rewriteLinks.ts';
export * from './gateway/secrets.ts';
export {
  type Environment,
  type GatewaySettings,
  type Product,
  readSettings,
  type SettingProblem,
} from './gateway/settings.ts';
