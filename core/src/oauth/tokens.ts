/**
 * Codes and tokens: `<kind>_<grant id>_<secret>`, both parts random and in hex. The grant's record keeps hashes of what is
 * in force, so that one record decides about everything that was ever issued for it.
 */
import { type Bytes, hmacHex, sha256, toHex } from '../signIn/bytes.ts';

const ID_BYTES = 16;
const SECRET_BYTES = 32;

const KINDS = { code: 'dac', access: 'daa', refresh: 'dar' } as const;
export type TokenKind = keyof typeof KINDS;

/** What a presented token says. Nothing of it is proven. */
export interface Presented {
  readonly grantId: string;
  readonly secret: string;
  /** What the record must hold. */
  readonly hash: string;
}

type RandomBytes = (length: number) => Bytes;

export const newGrantId = (randomBytes: RandomBytes): string => toHex(randomBytes(ID_BYTES));
const newSecret = (randomBytes: RandomBytes): string => toHex(randomBytes(SECRET_BYTES));
export const tokenText = (kind: TokenKind, grantId: string, secret: string): string =>
  `${KINDS[kind]}_${grantId}_${secret}`;
export const hashOf = async (token: string): Promise<string> => toHex(await sha256(token));

const TOKEN = /^(da[acr])_([0-9a-f]{32})_([0-9a-f]{64})$/;

export const hasAccessTokenForm = (text: string): boolean => TOKEN.exec(text)?.[1] === KINDS.access;

/** Undefined for anything else than a token of this kind. */
export async function readToken(kind: TokenKind, text: string): Promise<Presented | undefined> {
  const [, prefix, grantId = '', secret = ''] = TOKEN.exec(text) ?? [];
  return prefix === KINDS[kind] ? { grantId, secret, hash: await hashOf(text) } : undefined;
}

/** A pair of tokens with the hashes that the record keeps. */
export interface IssuedTokens {
  readonly access: string;
  readonly refresh: string;
  readonly accessHash: string;
  readonly refreshHash: string;
}

async function issued(grantId: string, accessSecret: string, refreshSecret: string): Promise<IssuedTokens> {
  const access = tokenText('access', grantId, accessSecret);
  const refresh = tokenText('refresh', grantId, refreshSecret);
  return { access, refresh, accessHash: await hashOf(access), refreshHash: await hashOf(refresh) };
}

/** The first pair of a grant. */
export const firstTokens = (randomBytes: RandomBytes, grantId: string): Promise<IssuedTokens> =>
  issued(grantId, newSecret(randomBytes), newSecret(randomBytes));

/**
 * The pair that follows a refresh token: always the same one, so that a client whose answer was lost gets it again, and
 * fifty requests at once have one outcome. It cannot be computed without the token and the signing key together.
 */
export async function nextTokens(
  signing: Bytes,
  { grantId, secret }: Pick<Presented, 'grantId' | 'secret'>,
): Promise<IssuedTokens> {
  const derived = (kind: TokenKind): Promise<string> =>
    hmacHex(signing, JSON.stringify(['oauth-token', kind, grantId, secret]));
  return issued(grantId, await derived('access'), await derived('refresh'));
}
