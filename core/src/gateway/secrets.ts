/** The three secrets, where they may come from, and which source wins. */

/** Named as the environment names them; the vault writes a hyphen for the underscore. */
export type SecretName = 'DISCOGS_TOKEN' | 'X_API_KEY' | 'CLIENT_KEYS';

/** `unresolved`: somebody configured it, and its value cannot be read now. Never an open door. */
export type SecretState =
  | { readonly state: 'value'; readonly value: string }
  | { readonly state: 'absent' }
  | { readonly state: 'unresolved' };

/** What the gateway asks of its secrets. */
export interface Secrets {
  /** The value now, or a promise that settles within `timeoutMs` where the vault must be asked first. */
  read(name: SecretName, timeoutMs: number): SecretState | Promise<SecretState>;
  /** Called behind an answer: reads the vault when its values are old. Never throws, never delays the answer. */
  refresh(): void;
}
