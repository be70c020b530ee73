/** Which values of the services' secrets a deployment writes. */
import { done, failed, type Outcome } from '../outcome.ts';
import { madeFor, OF_SERVICES, type Services, secretsOf } from '../secretNames.ts';
import type { Secrets } from '../secrets.ts';
import { isReference, type Settings } from './readSettings.ts';

export interface SecretSources {
  readonly services: Services;
  readonly enableKeyVault: boolean;
  /** From the environment, those of the proxy included. */
  readonly given: Secrets;
  /** Variables whose secrets are where this deployment keeps them. */
  readonly present: readonly string[];
  /** Of the app as it is; empty without one. */
  readonly settings: Settings;
}

/** Nobody is entered by hand: the vault needs the secret all the same, since the app refers to it. */
const NO_CLIENTS = '[]';

/**
 * What was given, without the secrets of services that the deployment has not, and with values that so far were literal
 * settings and belong into the vault from now on. Refuses to replace what the vault has by something new: stored sessions
 * would not open, and apps would be locked out.
 */
export function settleSecrets(sources: SecretSources): Outcome<Secrets> {
  const { services, enableKeyVault, present, settings } = sources;
  const wanted = secretsOf(services);
  const given = Object.fromEntries(
    Object.entries(sources.given).filter(([name]) => !OF_SERVICES.includes(name) || wanted.includes(name)),
  );
  const open = (variables: readonly string[]) =>
    variables.filter((variable) => !(variable in given) && !present.includes(variable));
  if (!enableKeyVault) {
    const variables = open(madeFor(services)).filter((variable) => isReference(settings[variable] ?? ''));
    return variables.length > 0 ? failed({ kind: 'secrets_in_vault', variables }) : done(given);
  }
  const moved = open(wanted).flatMap((variable) => {
    const value = settings[variable] ?? (variable === 'SIGN_IN_CLIENTS' ? NO_CLIENTS : undefined);
    return value && !isReference(value) ? [[variable, value] as const] : [];
  });
  return done({ ...given, ...Object.fromEntries(moved) });
}
