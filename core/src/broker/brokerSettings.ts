/** The broker's configuration, from a plain record of variables. Each host has one file that supplies it. */
import { type Environment, type SettingProblem, settingsReader } from '../lib/environment.ts';

/** Every setting of the broker. Holds secrets: never logged, never shown. */
export interface BrokerSettings {
  /** Undefined where a part is missing; `problems` then says which. */
  readonly consumer: { readonly key: string; readonly secret: string } | undefined;
  /** Consumer secrets before the present one, whose derived keys still open what is stored. */
  readonly previousConsumerSecrets: readonly string[];
  /** Seals what is stored; undefined means a key derived from the consumer secret. */
  readonly stateKey: string | undefined;
  /** State keys before the present one, which still open what is stored. */
  readonly previousStateKeys: readonly string[];
  /** One, or two during a rotation. Empty fails closed. */
  readonly clientTokens: readonly string[];
  readonly allowUnauthenticated: boolean;
  /** Without its trailing slash; undefined means the address of the request. */
  readonly publicBaseUrl: string | undefined;
  readonly deviceSessionTtlSeconds: number;
  readonly sessionTokenTtlSeconds: number;
  readonly searchCacheTtlSeconds: number;
  readonly discogsMinIntervalMs: number;
  /** Origin of Discogs' consent page, without a trailing slash. */
  readonly discogsWebBaseUrl: string;
  /** Empty means that users can sign in; otherwise whatever needs Discogs answers 503. */
  readonly problems: readonly SettingProblem[];
}

const DEFAULT_WEB_BASE_URL = 'https://www.discogs.com';
const MAX_SEARCH_CACHE_TTL_SECONDS = 30 * 86_400;

/** As the original reads numbers: the leading integer, and the default for what is not above zero. */
function positive(value: string | undefined, fallback: number): number {
  const number = Number.parseInt(value ?? '', 10);
  return number > 0 && Number.isSafeInteger(number) ? number : fallback;
}

const listed = (value: string | undefined): string[] =>
  (value ?? '').split(',').flatMap((part) => part.trim() || []);

/** Reads the settings. Never throws: what cannot be used is listed in `problems`, and sign-in answers 503. */
export function readBrokerSettings(environment: Environment): BrokerSettings {
  const { url, problems } = settingsReader(environment);
  const text = (variable: string): string | undefined => environment[variable]?.trim() || undefined;
  const required = (variable: string): string | undefined => {
    const value = text(variable);
    if (value === undefined)
      problems.push({ variable, fix: "must be set, from Discogs' developer settings" });
    return value;
  };
  const key = required('DISCOGS_CONSUMER_KEY');
  const secret = required('DISCOGS_CONSUMER_SECRET');
  return {
    consumer: key !== undefined && secret !== undefined ? { key, secret } : undefined,
    previousConsumerSecrets: listed(environment['DISCOGS_CONSUMER_SECRET_PREVIOUS']),
    stateKey: text('BROKER_STATE_ENCRYPTION_KEY'),
    previousStateKeys: listed(environment['BROKER_STATE_ENCRYPTION_KEY_PREVIOUS']),
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
    discogsWebBaseUrl: url('DISCOGS_WEB_BASE_URL') ?? DEFAULT_WEB_BASE_URL,
    problems,
  };
}
