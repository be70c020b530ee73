/** The broker's configuration, from a plain record of variables. Each host has one file that supplies it. */
import { type Environment, type SettingProblem, settingsReader } from '../lib/environment.ts';
import { listed, readSignInSettings, type SignInSettings } from '../signIn/settings.ts';

/** Every setting of the broker. Holds secrets: never logged, never shown. */
export interface BrokerSettings extends SignInSettings {
  /** One, or two during a rotation. Empty fails closed. */
  readonly clientTokens: readonly string[];
  readonly allowUnauthenticated: boolean;
  /** Without its trailing slash; undefined means the address of the request. */
  readonly publicBaseUrl: string | undefined;
  readonly deviceSessionTtlSeconds: number;
  readonly sessionTokenTtlSeconds: number;
  readonly searchCacheTtlSeconds: number;
  readonly discogsMinIntervalMs: number;
  /** Empty means that users can sign in; otherwise whatever needs Discogs answers 503. */
  readonly problems: readonly SettingProblem[];
}

const MAX_SEARCH_CACHE_TTL_SECONDS = 30 * 86_400;

/** As the original reads numbers: the leading integer, and the default for what is not above zero. */
function positive(value: string | undefined, fallback: number): number {
  const number = Number.parseInt(value ?? '', 10);
  return number > 0 && Number.isSafeInteger(number) ? number : fallback;
}

/** Reads the settings. Never throws: what cannot be used is listed in `problems`, and sign-in answers 503. */
export function readBrokerSettings(environment: Environment): BrokerSettings {
  const reader = settingsReader(environment);
  const { url, problems } = reader;
  const text = (variable: string): string | undefined => environment[variable]?.trim() || undefined;
  return {
    ...readSignInSettings(environment, reader),
    clientTokens: listed(environment['BROKER_CLIENT_TOKEN']),
    allowUnauthenticated: text('ALLOW_UNAUTHENTICATED_BROKER')?.toLowerCase() === 'true',
    publicBaseUrl: url('BROKER_PUBLIC_BASE_URL'),
    deviceSessionTtlSeconds: positive(environment['DEVICE_SESSION_TTL_SECONDS'], 900),
    sessionTokenTtlSeconds: positive(environment['SESSION_TOKEN_TTL_SECONDS'], 2_592_000),
    searchCacheTtlSeconds: Math.min(
      positive(environment['SEARCH_CACHE_TTL_SECONDS'], 604_800),
      MAX_SEARCH_CACHE_TTL_SECONDS,
    ),
    discogsMinIntervalMs: positive(environment['DISCOGS_MIN_INTERVAL_MS'], 1100),
    problems,
  };
}
