/** Secrets at rest: AES-256-GCM as `enc:v1:<iv hex>:<ciphertext hex>`, bound to the place that holds them. */
import { type Bytes, fromHex, toHex, utf8 } from './bytes.ts';
import type { Keyring } from './keyring.ts';

/** Table, column and primary key. A ciphertext moved elsewhere does not open. */
export type Place = readonly [table: string, column: string, row: string];

/** `isCurrent` is false for what should be sealed again: plaintext, an older key, or sealed without its place. */
export interface Opened {
  readonly text: string;
  readonly isCurrent: boolean;
}

const PREFIX = 'enc:v1:';
const IV_BYTES = 12;
const decoder = new TextDecoder('utf-8', { fatal: true });

const bindingOf = (place: Place): Bytes => utf8(JSON.stringify(place));

/** Seals with the first key. */
export async function seal(
  keyring: Keyring,
  randomBytes: (length: number) => Bytes,
  place: Place,
  text: string,
): Promise<string> {
  const iv = randomBytes(IV_BYTES);
  const parameters = { name: 'AES-GCM', iv, additionalData: bindingOf(place) };
  const sealed = await crypto.subtle.encrypt(parameters, keyring.sealing[0], utf8(text));
  return `${PREFIX}${toHex(iv)}:${toHex(new Uint8Array(sealed))}`;
}

async function tryOpen(
  key: CryptoKey,
  iv: Bytes,
  sealed: Bytes,
  binding: Bytes,
): Promise<string | undefined> {
  try {
    return decoder.decode(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: binding }, key, sealed),
    );
  } catch {
    return undefined;
  }
}

/**
 * Opens what `seal` made, what the original sealed without a place, and the plaintext that came before it. Undefined
 * when no key opens it. Dropping plaintext would sign everybody out who signed in through the original.
 */
export async function open(keyring: Keyring, place: Place, stored: string): Promise<Opened | undefined> {
  if (!stored.startsWith(PREFIX)) return { text: stored, isCurrent: false };
  const [ivHex = '', sealedHex = '', ...rest] = stored.slice(PREFIX.length).split(':');
  const iv = fromHex(ivHex);
  const sealed = fromHex(sealedHex);
  if (iv?.length !== IV_BYTES || !sealed || rest.length > 0) return undefined;
  const binding = bindingOf(place);
  for (const [index, key] of keyring.sealing.entries()) {
    const bound = await tryOpen(key, iv, sealed, binding);
    if (bound !== undefined) return { text: bound, isCurrent: index === 0 };
    const unbound = await tryOpen(key, iv, sealed, new Uint8Array(0));
    if (unbound !== undefined) return { text: unbound, isCurrent: false };
  }
  return undefined;
}
