/** `npm run deploy -- secrets`: writes secrets into an existing deployment. Also a hook of azd. */
import {
  BROKER_BASE_URL,
  FUNCTION_APP,
  KEY_VAULT,
  optionOr,
  RESOURCE_GROUP,
  SUBSCRIPTION,
} from '../azdEnvironment.ts';
import type { DeployContext } from '../deployContext.ts';
import type { OptionsOf } from '../options.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { givenSecrets } from '../secrets.ts';
import { checkLogin } from '../steps/checkLogin.ts';
import { checkSecrets, secretsInSettings, secretsInVault } from '../steps/checkSecrets.ts';
import { readSettings } from '../steps/readSettings.ts';
import { restart } from '../steps/restart.ts';
import { type SecretTarget, vaultIdOf, writeSecrets } from '../steps/writeSecrets.ts';

const usage = (problem: string) => failed({ kind: 'usage', problem });

async function present(context: DeployContext, target: SecretTarget): Promise<Outcome<readonly string[]>> {
  const { subscriptionId, resourceGroup, vault } = target;
  if (vault !== undefined) return secretsInVault(context, vaultIdOf(subscriptionId, resourceGroup, vault));
  const settings = await readSettings(context, target);
  return settings.ok ? done(secretsInSettings(settings.value)) : settings;
}

export async function secrets(context: DeployContext, options: OptionsOf<'secrets'>): Promise<Outcome<void>> {
  const resourceGroup = optionOr(context, options['resource-group'], ...RESOURCE_GROUP);
  const vault = optionOr(context, options['vault-name'], ...KEY_VAULT);
  const app = optionOr(context, options['function-app-name'], ...FUNCTION_APP) ?? '';
  if (!resourceGroup) return usage('--resource-group is missing.');
  if (!vault && !app)
    return usage('Give --vault-name, or --function-app-name for a deployment without Key Vault.');
  const given = givenSecrets(context);
  if (!given.ok) return given;
  const subscription = optionOr(context, options['subscription-id'], ...SUBSCRIPTION);
  const login = await checkLogin(context, subscription, options['principal-id']);
  if (!login.ok) return login;
  const target: SecretTarget = { subscriptionId: login.value.subscriptionId, resourceGroup, app, vault };
  const known = await present(context, target);
  if (!known.ok) return known;
  // Only azd tells. Without it the services' secrets were complete when it was deployed, and some may be given anew.
  const enableBroker = optionOr(context, undefined, ...BROKER_BASE_URL) !== undefined;
  const complete = checkSecrets(given.value, known.value, { enableBroker, enableSignIn: false });
  if (!complete.ok) return complete;
  const { make } = complete.value;
  const written = await writeSecrets(context, login.value, target, complete.value);
  if (!written.ok) return written;
  if (app !== '' && Object.keys(given.value).length + make.length > 0) await restart(context, target);
  return done(undefined);
}
