/** The broker: sign-in at Discogs and search. A door of its own, so that the proxy's entry carries none of it. */
export {
  type Consumer,
  type SignedRequest,
  type Signing,
  signedAuthorization,
  type TokenPair,
} from '../discogs/oauth/authorization.ts';
export type { SignatureMethod } from '../discogs/oauth/signature.ts';
export * from './search/index.ts';
export {
  createDiscogsSignIn,
  type DiscogsSignIn,
  type SignInDependencies,
  type SignInFailure,
  type SignInResult,
} from './signIn.ts';
