/** The broker: sign-in to Discogs and normalized search for desktop apps. A door of its own beside the proxy's. */
export {
  type Consumer,
  type SignedRequest,
  type Signing,
  signedAuthorization,
  type TokenPair,
} from '../discogs/oauth/authorization.ts';
export type { SignatureMethod } from '../discogs/oauth/signature.ts';
export { readDiscogsSettings } from '../discogs/settings.ts';
export { isUnresolvedReference, type Product, settingsReader } from '../lib/environment.ts';
export {
  createDiscogsSignIn,
  type DiscogsSignIn,
  type SignInDependencies,
  type SignInFailure,
  type SignInResult,
} from '../signIn/discogsSignIn.ts';
export type { WebAnswer as BrokerAnswer, WebRequest as BrokerRequest } from '../signIn/web.ts';
export { memorySharedStore, NO_ENTRY, type SharedStore } from '../upstream/cache/sharedStore.ts';
export { type Broker, createBroker } from './broker.ts';
export { type BrokerSettings, readBrokerSettings } from './brokerSettings.ts';
export { brokerBudget } from './budget/brokerBudget.ts';
export { type AcquireDependencies, createAcquire } from './budget/createAcquire.ts';
export {
  type BrokerLimiter,
  createBrokerLimiter,
  type PermitRequest,
  type PermitTicket,
} from './budget/limiter.ts';
export { createSearches, type SearchDependencies } from './budget/searches.ts';
export type { BrokerDependencies } from './context.ts';
export { memoryStores } from './memoryStores.ts';
export type { Prunable, PruneReport } from './prune.ts';
export { type BrokerEvent, createBrokerRequestLog } from './requestLog.ts';
export * from './search/index.ts';
export type { RawSearch, SearchPort, SearchReply, SearchSession } from './searchPort.ts';
export type * from './stores.ts';
