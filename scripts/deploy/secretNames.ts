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
  SIGN_IN_CLIENTS: 'SIGN-IN-CLIENTS',
};

/** Without these the app answers nobody. */
export const REQUIRED = ['DISCOGS_TOKEN', 'X_API_KEY'];
/** What a deployment may have beside the proxy. */
export interface Services {
  readonly enableBroker: boolean;
  readonly enableSignIn: boolean;
}

const hasSignIn = ({ enableBroker, enableSignIn }: Services): boolean => enableBroker || enableSignIn;

/** Either service needs these as well; only Discogs gives them. */
export const CONSUMER = ['DISCOGS_CONSUMER_KEY', 'DISCOGS_CONSUMER_SECRET'];
/** Of the services, whether or not a deployment has them. */
export const OF_SERVICES = [
  ...CONSUMER,
  'BROKER_CLIENT_TOKEN',
  'BROKER_STATE_ENCRYPTION_KEY',
  'SIGN_IN_CLIENTS',
];

export const requiredBy = (services: Services): readonly string[] =>
  hasSignIn(services) ? [...REQUIRED, ...CONSUMER] : REQUIRED;

/** Any random text will do, but no other one later. */
export const madeFor = (services: Services): readonly string[] => [
  ...(services.enableBroker ? ['BROKER_CLIENT_TOKEN'] : []),
  ...(hasSignIn(services) ? ['BROKER_STATE_ENCRYPTION_KEY'] : []),
];

/** All secrets of the services that a deployment has. */
export const secretsOf = (services: Services): readonly string[] => [
  ...(hasSignIn(services) ? CONSUMER : []),
  ...madeFor(services),
  ...(services.enableSignIn ? ['SIGN_IN_CLIENTS'] : []),
];

/** Those that may hold two values separated by a comma during a rotation. */
export const ROTATED = ['X_API_KEY', 'BROKER_CLIENT_TOKEN'];
