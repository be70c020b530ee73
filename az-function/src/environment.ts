/** The one place where this host reads its environment. */
import { type GatewaySettings, type Product, readSettings, type SecretName } from '@discogs-agent/core';
import packageJson from '../package.json' with { type: 'json' };
import { readStateSettings, type TablesAddress } from './tables/tablesAddress.ts';
import { readTelemetrySettings, type TelemetryChoice } from './telemetry/telemetrySettings.ts';

const product: Product = packageJson;

/** Everything that the environment decides. */
export interface FunctionEnvironment {
  readonly settings: GatewaySettings;
  readonly secrets: Readonly<Record<SecretName, string | undefined>>;
  readonly keyVaultUri: string | undefined;
  /** Where all instances share the budget's window; undefined: each has its own. */
  readonly tables: TablesAddress | undefined;
  readonly telemetry: TelemetryChoice;
  /** What Azure calls this app; undefined elsewhere. */
  readonly siteName: string | undefined;
}

const KEY_VAULT_FIX = 'must be the https address of a vault, such as https://my-vault.vault.azure.net';

const isVaultAddress = (value: string): boolean =>
  URL.canParse(value) && new URL(value).protocol === 'https:' && new URL(value).username === '';

/** Reads the variables of the README's table. Never throws; what cannot be used is listed in `settings.problems`. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): FunctionEnvironment {
  const settings = readSettings(variables, product);
  const keyVaultUri = variables['KEY_VAULT_URI']?.trim() || undefined;
  const badVault = keyVaultUri !== undefined && !isVaultAddress(keyVaultUri);
  const state = readStateSettings(variables);
  const problems = [
    ...settings.problems,
    ...(badVault ? [{ variable: 'KEY_VAULT_URI', fix: KEY_VAULT_FIX }] : []),
    ...state.problems,
  ];
  return {
    settings: { ...settings, problems },
    secrets: {
      DISCOGS_TOKEN: variables['DISCOGS_TOKEN'],
      X_API_KEY: variables['X_API_KEY'],
      CLIENT_KEYS: variables['CLIENT_KEYS'],
    },
    keyVaultUri: badVault ? undefined : keyVaultUri,
    tables: state.tables,
    telemetry: readTelemetrySettings(variables),
    siteName: variables['WEBSITE_SITE_NAME'],
  };
}
