/** For the check that drives it with Chromium. */
export interface SignedIn {
  readonly tokens: { readonly access_token: string };
}
/** Opens an address, and gives the one at which the browser came back. */
export type Open = (authorization: URL, redirectUri: string) => Promise<URL>;
export function signIn(
  open: Open,
  client: { readonly id: string; readonly redirectUri: string },
): Promise<SignedIn>;
export function useTokens(signedIn: SignedIn): Promise<void>;
export function isRefused(token: string): Promise<boolean>;
