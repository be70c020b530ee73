/** The broker's settings as this host finds them. */
import type { Environment, SettingProblem } from '@discogs-agent/core';
import { type BrokerSettings, readBrokerSettings } from '@discogs-agent/core/broker';
import { problemsOf, withoutUnresolved } from '../secrets/references.ts';

/** Those whose values an owner keeps in a vault. */
export const BROKER_SECRETS = [
  'DISCOGS_CONSUMER_KEY',
  'DISCOGS_CONSUMER_SECRET',
  'DISCOGS_CONSUMER_SECRET_PREVIOUS',
  'BROKER_CLIENT_TOKEN',
  'BROKER_STATE_ENCRYPTION_KEY',
  'BROKER_STATE_ENCRYPTION_KEY_PREVIOUS',
] as const;

/** Reads them. */
export function readHostSettings(
  variables: Environment,
  problems: readonly SettingProblem[],
): BrokerSettings {
  const resolved = withoutUnresolved(variables, BROKER_SECRETS);
  const settings = readBrokerSettings(resolved.variables);
  return { ...settings, problems: problemsOf([...problems, ...resolved.problems], settings.problems) };
}
