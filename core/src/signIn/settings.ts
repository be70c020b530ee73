/** The settings of the sign-in at Discogs, which every door that signs people in has in common. */
import type { Environment, SettingsReader } from '../lib/environment.ts';
import type { KeyringSettings } from './keyring.ts';

/** Holds secrets: never logged, never shown. */
export interface SignInSettings extends KeyringSettings {
  /** Origin of Discogs' consent page, without a trailing slash. */
  readonly discogsWebBaseUrl: string;
}

const DEFAULT_WEB_BASE_URL = 'https://www.discogs.com';

/** The parts of a list that is separated by commas. */
export const listed = (value: string | undefined): string[] =>
  (value ?? '').split(',').flatMap((part) => part.trim() || []);

/** Reads the settings. A missing consumer is a problem of the reader. */
export function readSignInSettings(
  environment: Environment,
  { url, problems }: SettingsReader,
): SignInSettings {
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
    discogsWebBaseUrl: url('DISCOGS_WEB_BASE_URL') ?? DEFAULT_WEB_BASE_URL,
  };
}
