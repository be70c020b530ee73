/** `npm run deploy -- rotate`: how to change the client key without a minute in which nobody gets in. */

import type { DeployContext } from '../deployContext.ts';
import type { OptionsOf } from '../options.ts';
import { done, type Outcome, withoutAz } from '../outcome.ts';
import { checkSubscription } from '../steps/checkLogin.ts';
import { locateApp } from '../steps/locateApp.ts';

/** Prints the commands with the names of this deployment. It changes nothing: only people know who has the old key. */
export async function rotate(context: DeployContext, options: OptionsOf<'rotate'>): Promise<Outcome<void>> {
  const login = withoutAz(
    await checkSubscription(context, options['subscription-id']),
    'Or follow docs/deploy.md, "Rotate secrets": the same steps, with the names left to you.',
  );
  if (!login.ok) return login;
  const found = await locateApp(context, { ...options, subscriptionId: login.value.subscriptionId });
  if (!found.ok) return found;
  const { target, vault } = found.value;
  const vaultOption = vault ? `--vault-name ${vault} ` : '';
  const command =
    `npm run deploy -- secrets --subscription-id ${target.subscriptionId} ` +
    `--resource-group ${target.resourceGroup} ${vaultOption}--function-app-name ${target.app}`;
  const lines = [
    '',
    '1. Set X_API_KEY in the environment to the new key, a comma, and the old key. Both are accepted then. Run:',
    `   ${command}`,
    '2. Give the new key to everybody who calls: in ChatGPT, the action\'s "Authentication".',
    '3. Set X_API_KEY to the new key alone, and run the command again. The old key is refused from then on.',
    "The broker's client token goes the same way: BROKER_CLIENT_TOKEN for X_API_KEY, its apps for the callers.",
    'A new Discogs token needs one step: set DISCOGS_TOKEN, run the command, then revoke the old token at Discogs.',
  ];
  for (const line of lines) context.say(line);
  return done(undefined);
}
