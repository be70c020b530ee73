/** Pairs of Discogs' tokens at rest: sealed together, bound to the record that holds them. */
import * as z from 'zod/mini';
import type { TokenPair } from '../discogs/oauth/authorization.ts';
import { open, type Place, seal } from '../signIn/seal.ts';
import type { Context } from './context.ts';

/** Which kind of record, and which one. */
export type CredentialPlace = readonly [kind: 'oauth_requests' | 'oauth_grants', id: string];

const placeOf = ([kind, id]: CredentialPlace): Place => [kind, 'sealed', id];
const pairSchema = z.tuple([z.string(), z.string()]);

type Sealing = Pick<Context, 'keyring' | 'randomBytes'>;

export const sealPair = async (
  { keyring, randomBytes }: Sealing,
  place: CredentialPlace,
  { token, secret }: TokenPair,
): Promise<string> => seal(await keyring(), randomBytes, placeOf(place), JSON.stringify([token, secret]));

/** Undefined when no key opens it: the state key is wrong, or somebody changed the record. Plain text is none of ours. */
export async function openPair(
  { keyring }: Pick<Sealing, 'keyring'>,
  place: CredentialPlace,
  sealed: string,
): Promise<TokenPair | undefined> {
  if (!sealed.startsWith('enc:')) return undefined;
  const opened = await open(await keyring(), placeOf(place), sealed);
  if (!opened) return undefined;
  const [token, secret] = pairSchema.parse(JSON.parse(opened.text));
  return { token, secret };
}
