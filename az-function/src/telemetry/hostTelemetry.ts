/** Telemetry as this host has it: on where the platform names an Application Insights, and loaded when it is quiet. */
import { type Log, parseClientKeys } from '@discogs-agent/core';
import type { FunctionEnvironment } from '../environment.ts';
import { createTelemetry, type Telemetry, type TelemetrySink } from './telemetry.ts';
import type { TelemetrySettings } from './telemetrySettings.ts';

type Environment = Pick<FunctionEnvironment, 'settings' | 'secrets' | 'telemetry' | 'siteName'>;

/** What must not leave by a text. The vault's own values are not known here; they come with each call. */
export function configuredSecrets({
  DISCOGS_TOKEN = '',
  X_API_KEY = '',
  CLIENT_KEYS = '',
}: Environment['secrets']) {
  const keys = (parseClientKeys(CLIENT_KEYS) ?? []).map(({ key }) => key);
  return [DISCOGS_TOKEN, ...X_API_KEY.split(','), ...keys].map((secret) => secret.trim());
}

async function load(environment: Environment, settings: TelemetrySettings): Promise<TelemetrySink> {
  const { createApplicationInsights } = await import('./applicationInsights.ts');
  return createApplicationInsights({
    settings,
    role: environment.siteName ?? 'discogs-agent',
    target: new URL(environment.settings.discogsApiBaseUrl).host,
    secrets: configuredSecrets(environment.secrets),
  });
}

/** Undefined where telemetry is off. A connection string that cannot be one is said once and changes nothing else. */
export function hostTelemetry(
  environment: Environment,
  log: Log,
  now: () => number = Date.now,
): Telemetry | undefined {
  const { telemetry } = environment;
  if (telemetry === 'off') return undefined;
  if (telemetry === 'unusable') {
    log.warn('telemetry_off reason=unusable which=APPLICATIONINSIGHTS_CONNECTION_STRING');
    return undefined;
  }
  return createTelemetry({ load: () => load(environment, telemetry), log, now });
}
