/** The authorization server: people sign in with their own Discogs account, and apps get access tokens. */
export { type AuthorizationServer, createAuthorizationServer } from './authorizationServer.ts';
export type { FetchDocument, FetchedDocument } from './clientDocument.ts';
export type { OAuthDependencies, OAuthEvent } from './context.ts';
export { memoryOAuthStores } from './memoryStores.ts';
export { isAddress, isPublicAddress } from './publicAddress.ts';
export { createOAuthRequestLog } from './requestLog.ts';
export { type OAuthSettings, readOAuthSettings } from './settings.ts';
export type { OAuthRecord, OAuthStores, RecordStore } from './stores.ts';
