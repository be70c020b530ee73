/** The broker's settings as this host finds them. */
import type { Environment, SettingProblem } from '@discogs-agent/core';
import { type BrokerSettings, isUnresolvedReference, readBrokerSettings } from '@discogs-agent/core/broker';

/** Those whose values an owner keeps in a vault. */
export const BROKER_SECRETS = [
  'DISCOGS_CONSUMER_KEY',
  'DISCOGS_CONSUMER_SECRET',
  'DISCOGS_CONSUMER_SECRET_PREVIOUS',
  'BROKER_CLIENT_TOKEN',
  'BROKER_STATE_ENCRYPTION_KEY',
  'BROKER_STATE_ENCRYPTION_KEY_PREVIOUS',
] as const;

const NOT_RESOLVED =
  'is a Key Vault reference that is not resolved: check that the secret exists and that the app may read it, then restart the app';

/**
 * Reads them. A reference that the platform could not resolve is no value: as a client token it would be a text that
 * others know, and a state key that is missing for a while must not make another one seal.
 */
export function readHostSettings(
  variables: Environment,
  problems: readonly SettingProblem[],
): BrokerSettings {
  const unresolved = BROKER_SECRETS.filter((name) => isUnresolvedReference(variables[name]?.trim() ?? ''));
  const blanked = Object.fromEntries(unresolved.map((name) => [name, undefined]));
  const settings = readBrokerSettings({ ...variables, ...blanked });
  const missing = new Set<string>(unresolved);
  return {
    ...settings,
    problems: [
      ...problems,
      ...unresolved.map((variable) => ({ variable, fix: NOT_RESOLVED })),
      ...settings.problems.filter(({ variable }) => !missing.has(variable)),
    ],
  };
}
