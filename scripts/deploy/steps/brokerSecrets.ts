/** Which values of the broker's secrets a deployment writes. */
import { done, failed, type Outcome } from '../outcome.ts';
import { MADE_FOR_BROKER, OF_BROKER } from '../secretNames.ts';
import type { Secrets } from '../secrets.ts';
import { isReference, type Settings } from './readSettings.ts';

export interface BrokerSecretSources {
  readonly enableBroker: boolean;
  readonly enableKeyVault: boolean;
  /** From the environment, those of the proxy included. */
  readonly given: Secrets;
  /** Variables whose secrets are where this deployment keeps them. */
  readonly present: readonly string[];
  /** Of the app as it is; empty without one. */
  readonly settings: Settings;
}

/**
 * What was given, without the broker's where there is none, and with values that so far were literal settings and belong
 * into the vault from now on. Refuses to replace what the vault has by something new: stored sessions would not open,
 * and apps would be locked out.
 */
export function settleBrokerSecrets(sources: BrokerSecretSources): Outcome<Secrets> {
  const { enableBroker, enableKeyVault, given, present, settings } = sources;
  if (!enableBroker) {
    return done(Object.fromEntries(Object.entries(given).filter(([name]) => !OF_BROKER.includes(name))));
  }
  const open = (variables: readonly string[]) =>
    variables.filter((variable) => !(variable in given) && !present.includes(variable));
  if (!enableKeyVault) {
    const variables = open(MADE_FOR_BROKER).filter((variable) => isReference(settings[variable] ?? ''));
    return variables.length > 0 ? failed({ kind: 'secrets_in_vault', variables }) : done(given);
  }
  const moved = open(OF_BROKER).flatMap((variable) => {
    const value = settings[variable];
    return value && !isReference(value) ? [[variable, value] as const] : [];
  });
  return done({ ...given, ...Object.fromEntries(moved) });
}
