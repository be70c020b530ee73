/** The broker: sign-in to Discogs and normalized search for desktop apps, over whatever a host passes in. */
export { type Broker, createBroker } from './broker.ts';
export { type BrokerSettings, readBrokerSettings } from './brokerSettings.ts';
export { type AdmissionDependencies, createAdmit } from './budget/admission.ts';
export { brokerBudget } from './budget/brokerBudget.ts';
export { memoryBrokerWindow } from './budget/memoryWindow.ts';
export { createSearches, type SearchDependencies } from './budget/searches.ts';
export type { BrokerWindow, SearchStores } from './budget/stores.ts';
export { type LineRead, windowOfLine } from './budget/windowOfLine.ts';
export type { BrokerDependencies } from './context.ts';
export { memoryStores } from './memoryStores.ts';
export type { Prunable, PruneReport } from './prune.ts';
export type { RawSearch, SearchPort, SearchResult, SearchSession } from './searchPort.ts';
export type { DiscogsSignIn, SignInFailure, SignInResult, TokenPair } from './signIn.ts';
export type * from './stores.ts';
export type { BrokerAnswer, BrokerRequest } from './wire/types.ts';
