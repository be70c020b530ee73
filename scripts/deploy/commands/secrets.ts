/** `npm run deploy -- secrets`: writes secrets into an existing deployment. Also a hook of azd. */
import {
  BROKER_BASE_URL,
  FUNCTION_APP,
  KEY_VAULT,
  optionOr,
  RESOURCE_GROUP,
  SUBSCRIPTION,
} from '../azdEnvironment.ts';
import type { OptionsOf } from '../options.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { givenSecrets } from '../secrets.ts';
import { checkLogin } from '../steps/checkLogin.ts';
import { checkSecrets, secretsInSettings, secretsInVault } from '../steps/checkSecrets.ts';
import { readSettings } from '../steps/readSettings.ts';
import { restart } from '../steps/restart.ts';
import { type SecretPlace, vaultIdOf, writeSecrets } from '../steps/writeSecrets.ts';
import type { World } from '../world.ts';

const usage = (problem: string) => failed({ kind: 'usage', problem });

async function present(world: World, place: SecretPlace): Promise<Outcome<readonly string[]>> {
  const { subscriptionId, resourceGroup, vault } = place;
  if (vault !== undefined) return secretsInVault(world, vaultIdOf(subscriptionId, resourceGroup, vault));
  const settings = await readSettings(world, place);
  return settings.ok ? done(secretsInSettings(settings.value)) : settings;
}

export async function secrets(world: World, options: OptionsOf<'secrets'>): Promise<Outcome<void>> {
  const resourceGroup = optionOr(world, options['resource-group'], ...RESOURCE_GROUP);
  const vault = optionOr(world, options['vault-name'], ...KEY_VAULT);
  const app = optionOr(world, options['function-app-name'], ...FUNCTION_APP) ?? '';
  if (!resourceGroup) return usage('--resource-group is missing.');
  if (!vault && !app)
    return usage('Give --vault-name, or --function-app-name for a deployment without Key Vault.');
  const given = givenSecrets(world);
  if (!given.ok) return given;
  const subscription = optionOr(world, options['subscription-id'], ...SUBSCRIPTION);
  const login = await checkLogin(world, subscription, options['principal-id']);
  if (!login.ok) return login;
  const place: SecretPlace = { subscriptionId: login.value.subscriptionId, resourceGroup, app, vault };
  const known = await present(world, place);
  if (!known.ok) return known;
  // Only azd tells. Without it the broker's secrets were complete when it was deployed, and some may be given anew.
  const hasBroker = optionOr(world, undefined, ...BROKER_BASE_URL) !== undefined;
  const complete = checkSecrets(given.value, known.value, hasBroker);
  if (!complete.ok) return complete;
  const { make } = complete.value;
  const written = await writeSecrets(world, login.value, place, complete.value);
  if (!written.ok) return written;
  if (app !== '' && Object.keys(given.value).length + make.length > 0) await restart(world, place);
  return done(undefined);
}
