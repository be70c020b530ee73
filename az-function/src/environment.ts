/** The one place where this host reads its environment. */
import { type GatewaySettings, type Product, readSettings, type SecretName } from '@discogs-agent/core';
import packageJson from '../package.json' with { type: 'json' };

const product: Product = packageJson;

/** Everything that the environment decides. */
export interface FunctionEnvironment {
  readonly settings: GatewaySettings;
  readonly secrets: Readonly<Record<SecretName, string | undefined>>;
  readonly keyVaultUri: string | undefined;
}

/** Reads the variables of the README's table. Never throws; what cannot be used is listed in `settings.problems`. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): FunctionEnvironment {
  return {
    settings: readSettings(variables, product),
    secrets: {
      DISCOGS_TOKEN: variables['DISCOGS_TOKEN'],
      X_API_KEY: variables['X_API_KEY'],
      CLIENT_KEYS: variables['CLIENT_KEYS'],
    },
    keyVaultUri: variables['KEY_VAULT_URI']?.trim() || undefined,
  };
}
