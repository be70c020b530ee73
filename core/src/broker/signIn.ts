export interface TokenPair {
  readonly token: string;
  readonly secret: string;
}
export type SignInFailure =
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };
export type SignInResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: SignInFailure };
export interface DiscogsSignIn {
  requestToken(callbackUrl: string, deadline: number): Promise<SignInResult<TokenPair>>;
  accessToken(requestToken: TokenPair, verifier: string, deadline: number): Promise<SignInResult<TokenPair>>;
  identity(
    access: TokenPair,
    deadline: number,
  ): Promise<SignInResult<{ readonly id: number | null; readonly username: string | null }>>;
  authorizeUrl(requestToken: string): string;
}
