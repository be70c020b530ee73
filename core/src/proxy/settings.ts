/** The configuration of the gateway, from a plain record of variables. Each host has one file that supplies it. */
import { type DiscogsSettings, readDiscogsSettings } from '../discogs/settings.ts';
import { type Environment, type Product, type SettingProblem, settingsReader } from '../lib/environment.ts';
import { parseOrigins } from '../lib/origins.ts';
import type { CatalogueSetting } from './source.ts';

/** Every setting of the gateway that is not a secret. Documented in docs/settings.md. */
export interface GatewaySettings extends DiscogsSettings {
  /** Of the host's package. */
  readonly version: string;
  /** Address used in rewritten links; undefined means the address of the request. */
  readonly publicBaseUrl: string | undefined;
  readonly clientKeyCheck: boolean;
  /** `?token=<client key>` is a key, too. An address is kept in more logs than a header. */
  readonly allowKeyInQuery: boolean;
  readonly readOnly: boolean;
  readonly debugErrors: boolean;
  readonly debugRequestLog: boolean;
  readonly rewriteUpstreamUrls: boolean;
  /** Whether others may send from the address that Discogs sees: its window then holds their calls, too. */
  readonly outboundMode: 'shared' | 'fixed';
  /** Web pages of these origins may call; the platform's CORS has the same list. */
  readonly corsOrigins: readonly string[];
  /** When the catalogue is asked, where there is one; undefined: as each door prefers. */
  readonly catalogue: CatalogueSetting | undefined;
  readonly problems: readonly SettingProblem[];
}

const isOutboundMode = (value: string): boolean => /^(shared|fixed)$/.test(value);

const isCatalogueSetting = (value: string | undefined): value is CatalogueSetting =>
  value === 'off' || value === 'fallback' || value === 'first';

const CORS_FIX =
  'must be exact origins such as https://app.example.com, in lower case, without a path, separated by commas, and without wildcards';

/** The original reads every other word, ` true ` and `1` included, as false. */
const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === 'true';

/** Reads the settings. Never throws: what cannot be used is listed in `problems` and replaced by its default. */
export function readSettings(environment: Environment, product: Product): GatewaySettings {
  const reader = settingsReader(environment);
  const { checked, isOn, url, problems } = reader;
  const catalogue = checked('CATALOGUE', isCatalogueSetting, 'must be off, fallback or first');
  return {
    version: product.version,
    ...readDiscogsSettings(reader, product),
    publicBaseUrl: url('PUBLIC_BASE_URL'),
    // A switch that protects fails closed: a typo is answered with 503 instead of being read as "off".
    readOnly: isOn('READ_ONLY') ?? false,
    allowKeyInQuery: isOn('ALLOW_KEY_IN_QUERY') ?? false,
    clientKeyCheck: !isTrue(environment['DISABLE_CLIENT_KEY_CHECK']),
    debugErrors: isTrue(environment['DEBUG_ERRORS']),
    debugRequestLog: isTrue(environment['DEBUG_REQUEST_LOG']),
    rewriteUpstreamUrls: isTrue(environment['REWRITE_UPSTREAM_URLS'] || 'true'),
    outboundMode:
      checked('OUTBOUND_MODE', isOutboundMode, 'must be shared or fixed') === 'fixed' ? 'fixed' : 'shared',
    corsOrigins:
      parseOrigins(checked('CORS_ORIGINS', (list) => parseOrigins(list) !== undefined, CORS_FIX) ?? '') ?? [],
    catalogue: isCatalogueSetting(catalogue) ? catalogue : undefined,
    problems,
  };
}
