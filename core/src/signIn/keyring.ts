/** The keys of everything that a sign-in seals or signs, from the settings. */
import type { Consumer } from '../discogs/oauth/authorization.ts';
import { type Bytes, sha256, utf8 } from './bytes.ts';

/** The settings that keys are derived from. Secrets: never logged, never shown. */
export interface KeyringSettings {
  /** The application at Discogs; undefined where a part is missing. */
  readonly consumer: Consumer | undefined;
  /** Consumer secrets before the present one, whose derived keys still open what is stored. */
  readonly previousConsumerSecrets: readonly string[];
  /** Seals what is stored; undefined means a key derived from the consumer secret. */
  readonly stateKey: string | undefined;
  /** State keys before the present one, which still open what is stored. */
  readonly previousStateKeys: readonly string[];
}

/** Keys in use. The first one seals; all of them open. */
export interface Keyring {
  readonly sealing: readonly [CryptoKey, ...CryptoKey[]];
  /** Signs confirmations and blinds client addresses. */
  readonly signing: Bytes;
}

async function hkdf(secret: string, purpose: string): Promise<Bytes> {
  const material = await crypto.subtle.importKey('raw', utf8(secret), 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(purpose) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, material, 256));
}

const sealingKey = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

/** As the original derives it, so that what it has sealed stays readable. */
const fromStateKey = async (key: string): Promise<CryptoKey> =>
  sealingKey(await sha256(`broker-state:v1:${key}`));
const fromConsumerSecret = async (secret: string): Promise<CryptoKey> =>
  sealingKey(await hkdf(secret, 'broker-state:v1'));

/**
 * Derives the keys; undefined where there is none. The consumer secret's key always opens, so that an owner who sets a
 * state key later loses no session.
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
export async function createKeyring(settings: KeyringSettings): Promise<Keyring | undefined> {
  const state = settings.stateKey === undefined ? [] : [settings.stateKey];
  const consumer = settings.consumer === undefined ? [] : [settings.consumer.secret];
  const [signer] = [...state, ...consumer];
  const [first, ...others] = await Promise.all([
    ...state.map(fromStateKey),
    ...consumer.map(fromConsumerSecret),
    ...settings.previousStateKeys.map(fromStateKey),
    ...settings.previousConsumerSecrets.map(fromConsumerSecret),
  ]);
  if (signer === undefined || first === undefined) return undefined;
  return { sealing: [first, ...others], signing: await hkdf(signer, 'broker-signing:v1') };
}
