/** The one place where this host reads its environment. */
import {
  type Environment,
  type GatewaySettings,
  type HostSecrets,
  misreadVariables,
  type Product,
  readSettings,
  type SecretName,
  type SettingProblem,
} from '@discogs-agent/core';
import packageJson from '../package.json' with { type: 'json' };
import { type CatalogueAddress, readCatalogueSettings } from './catalogue/catalogueSettings.ts';
import { readStateSettings, type TablesAddress } from './tables/tablesAddress.ts';
import { readTelemetrySettings, type TelemetryChoice } from './telemetry/telemetrySettings.ts';

const product: Product = packageJson;

/** What the broker finds, where it is switched on. Its own settings are read by what is loaded for it. */
export interface BrokerEnvironment {
  readonly variables: Environment;
  /** `DISCOGS_MIN_INTERVAL_MS`, where it is set. All calls from here keep it, since Discogs counts them together. */
  readonly minIntervalMs: number | undefined;
  /** Settings of the gateway without which no sign-in can be right. */
  readonly problems: readonly SettingProblem[];
}

/** What the authorization server finds, where it is switched on. Its own settings are read by what is loaded for it. */
export interface SignInEnvironment {
  readonly variables: Environment;
  /** Settings of the gateway without which no sign-in can be right. */
  readonly problems: readonly SettingProblem[];
}

/** Everything that the environment decides. */
export interface FunctionEnvironment {
  readonly settings: GatewaySettings;
  readonly secrets: Readonly<Record<SecretName, string | undefined>>;
  readonly keyVaultUri: string | undefined;
  /** Where all instances share the budget's window; undefined: each has its own. */
  readonly tables: TablesAddress | undefined;
  /** Undefined: there is none, or it is off. */
  readonly catalogue: CatalogueAddress | undefined;
  readonly broker: BrokerEnvironment | undefined;
  readonly signIn: SignInEnvironment | undefined;
  readonly telemetry: TelemetryChoice;
  /** Variables that are read as something that they do not say: the app runs, and a person should know. */
  readonly misread: readonly SettingProblem[];
  /** What Azure calls this app; undefined elsewhere. */
  readonly siteName: string | undefined;
}

const KEY_VAULT_FIX = 'must be the https address of a vault, such as https://my-vault.vault.azure.net';

const isVaultAddress = (value: string): boolean =>
  URL.canParse(value) && new URL(value).protocol === 'https:' && new URL(value).username === '';

function readBroker(
  variables: NodeJS.ProcessEnv,
  settings: GatewaySettings,
  stateProblems: readonly SettingProblem[],
): BrokerEnvironment | undefined {
  if (!isOn(variables['BROKER_ENABLED'])) return undefined;
  const interval = Number.parseInt(variables['DISCOGS_MIN_INTERVAL_MS'] ?? '', 10);
  return {
    variables,
    minIntervalMs: interval > 0 && Number.isSafeInteger(interval) ? interval : undefined,
    problems: signInProblems(settings, stateProblems),
  };
}

/** A switch that opens a door fails closed: anything but the word is off, and a person is told. */
const isOn = (value: string | undefined): boolean => value?.trim().toLowerCase() === 'true';

/** Without the right Discogs and the right store, nobody can sign in. */
const signInProblems = (
  settings: GatewaySettings,
  stateProblems: readonly SettingProblem[],
): readonly SettingProblem[] => [
  ...settings.problems.filter(({ variable }) => variable === 'DISCOGS_API_BASE_URL'),
  ...stateProblems,
];

/** Reads the variables of docs/settings.md. Never throws; what cannot be used is listed in `settings.problems`. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): FunctionEnvironment {
  const settings = readSettings(variables, product);
  const keyVaultUri = variables['KEY_VAULT_URI']?.trim() || undefined;
  const badVault = keyVaultUri !== undefined && !isVaultAddress(keyVaultUri);
  const state = readStateSettings(variables);
  const catalogue = readCatalogueSettings(variables);
  const problems = [
    ...settings.problems,
    ...(badVault ? [{ variable: 'KEY_VAULT_URI', fix: KEY_VAULT_FIX }] : []),
    ...state.problems,
    ...catalogue.problems,
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
    catalogue: catalogue.address,
    broker: readBroker(variables, settings, state.problems),
    signIn: isOn(variables['SIGN_IN'])
      ? { variables, problems: signInProblems(settings, state.problems) }
      : undefined,
    telemetry: readTelemetrySettings(variables),
    misread: [...misreadVariables(variables), ...catalogue.misread],
    siteName: variables['WEBSITE_SITE_NAME'],
  };
}

/**
 * Whether callers with different keys may share the window: several are configured, the vault has some or has not said
 * that it has none, or the broker or the sign-in, whose users count as keys of their own, is on. All keys of `X_API_KEY`
 * are one.
 */
export function mayHaveSeveralKeys(
  { settings, broker, signIn }: Pick<FunctionEnvironment, 'settings' | 'broker' | 'signIn'>,
  secrets: Pick<HostSecrets, 'mayBeSet'>,
): boolean {
  if (broker || signIn) return true;
  return settings.clientKeyCheck && secrets.mayBeSet('CLIENT_KEYS');
}
