/** The authorization server's settings as this host finds them. */
import type { OAuthSettings } from '@discogs-agent/core/oauth';
import { readOAuthSettings } from '@discogs-agent/core/oauth';
import { BROKER_SECRETS } from '../broker/hostSettings.ts';
import type { SignInEnvironment } from '../environment.ts';
import { problemsOf, withoutUnresolved } from '../secrets/references.ts';

/** Those whose values an owner keeps in a vault: those of the sign-in at Discogs, and the clients with their secrets. */
export const SIGN_IN_SECRETS = [...BROKER_SECRETS, 'SIGN_IN_CLIENTS'] as const;

/** Reads them. */
export function readSignInSettings({ variables, problems }: SignInEnvironment): OAuthSettings {
  const resolved = withoutUnresolved(variables, SIGN_IN_SECRETS);
  const settings = readOAuthSettings(resolved.variables);
  return { ...settings, problems: problemsOf([...problems, ...resolved.problems], settings.problems) };
}
