/** Which secrets there are. */

/** Variable and the name of its secret in the vault. */
export const VAULT_NAMES: Readonly<Record<string, string>> = {
  DISCOGS_TOKEN: 'DISCOGS-TOKEN',
  X_API_KEY: 'X-API-KEY',
  CLIENT_KEYS: 'CLIENT-KEYS',
  DISCOGS_CONSUMER_KEY: 'DISCOGS-CONSUMER-KEY',
  DISCOGS_CONSUMER_SECRET: 'DISCOGS-CONSUMER-SECRET',
  BROKER_CLIENT_TOKEN: 'BROKER-CLIENT-TOKEN',
  BROKER_STATE_ENCRYPTION_KEY: 'BROKER-STATE-ENCRYPTION-KEY',
};

/** Without these the app answers nobody. */
export const REQUIRED = ['DISCOGS_TOKEN', 'X_API_KEY'];
/** The broker needs these as well; only Discogs gives them. */
export const REQUIRED_BY_BROKER = ['DISCOGS_CONSUMER_KEY', 'DISCOGS_CONSUMER_SECRET'];
/** The broker needs these as well; any random text will do, but no other one later. */
export const MADE_FOR_BROKER = ['BROKER_CLIENT_TOKEN', 'BROKER_STATE_ENCRYPTION_KEY'];
export const OF_BROKER = [...REQUIRED_BY_BROKER, ...MADE_FOR_BROKER];

/** Those that may hold two values separated by a comma during a rotation. */
export const ROTATED = ['X_API_KEY', 'BROKER_CLIENT_TOKEN'];
