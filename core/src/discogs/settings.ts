/** Where Discogs is, and as whom it is asked. */
import type { Product, SettingsReader } from '../lib/environment.ts';

/** What every request to Discogs needs. */
export interface DiscogsSettings {
  /** Origin (and path prefix) of Discogs' API, without a trailing slash. */
  readonly discogsApiBaseUrl: string;
  readonly userAgent: string;
}

const DEFAULT_API_BASE_URL = 'https://api.discogs.com';

const isHeaderText = (value: string): boolean => /^[\x20-\x7e]{1,256}$/.test(value);

/** @see https://www.discogs.com/developers#page:home,header:home-general-information */
function defaultUserAgent({ version, repository }: Product): string {
  return `DiscogsAgent/${version}${repository === undefined ? '' : ` (+${repository})`}`;
}

/** What cannot be used is a problem of the reader, and replaced by its default. */
export function readDiscogsSettings({ checked, url }: SettingsReader, product: Product): DiscogsSettings {
  return {
    discogsApiBaseUrl: url('DISCOGS_API_BASE_URL') ?? DEFAULT_API_BASE_URL,
    userAgent:
      checked('USER_AGENT', isHeaderText, 'must be 1 to 256 printable ASCII characters') ??
      defaultUserAgent(product),
  };
}
