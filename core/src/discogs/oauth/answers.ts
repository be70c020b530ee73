/** What Discogs says to the three calls of a sign-in. Pure. */
import * as z from 'zod/mini';
import type { TokenPair } from './authorization.ts';

/** Who has signed in, as far as Discogs tells. */
export interface Identity {
  readonly id: number | null;
  readonly username: string | null;
}

const decoder = new TextDecoder();
/** Only who it is matters; the rest of the answer may change as it likes. */
const identitySchema = z.looseObject({
  id: z.catch(z.nullable(z.number()), null),
  username: z.catch(z.nullable(z.string()), null),
});

/**
 * The pair from a form-encoded body, or undefined when a part is missing or empty.
 * @see https://www.rfc-editor.org/rfc/rfc5849#section-2.1
 */
export function readTokenPair(body: Uint8Array): TokenPair | undefined {
  const fields = new URLSearchParams(decoder.decode(body).trim());
  const token = fields.get('oauth_token') ?? '';
  const secret = fields.get('oauth_token_secret') ?? '';
  return token === '' || secret === '' ? undefined : { token, secret };
}

/**
 * The identity from a JSON body; undefined when that is not an object.
 * @see https://www.discogs.com/developers#page:user-identity,header:user-identity-identity
 */
export function readIdentity(body: Uint8Array): Identity | undefined {
  try {
    const { data } = z.safeParse(identitySchema, JSON.parse(decoder.decode(body)));
    return data === undefined ? undefined : { id: data.id, username: data.username };
  } catch {
    return undefined;
  }
}
