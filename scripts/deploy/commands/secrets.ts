/** `npm run deploy -- secrets`: writes secrets into an existing deployment. Also a hook of azd. */
import { FUNCTION_APP, KEY_VAULT, optionOr, RESOURCE_GROUP, SUBSCRIPTION } from '../azdEnvironment.ts';
import type { OptionsOf } from '../options.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { givenSecrets } from '../secrets.ts';
import { checkLogin } from '../steps/checkLogin.ts';
import { checkSecrets, secretsInSettings, secretsInVault } from '../steps/checkSecrets.ts';
import { restart } from '../steps/deployCode.ts';
import { readSettings } from '../steps/readSettings.ts';
import { type SecretPlace, vaultIdOf, writeSecrets } from '../steps/writeSecrets.ts';
import type { World } from '../world.ts';

const usage = (problem: string) => failed({ kind: 'usage', problem });

async function present(world: World, place: SecretPlace): Promise<Outcome<readonly string[]>> {
  const { subscriptionId, resourceGroup, vault } = place;
  if (vault !== undefined) return secretsInVault(world, vaultIdOf(subscriptionId, resourceGroup, vault));
  const settings = await readSettings(world, place);
  return settings.ok ? done(secretsInSettings(settings.value)) : settings;
}

/** An app that keeps running has the old values for minutes; one that cannot be restarted gets there by itself. */
async function restartIfKnown(world: World, place: SecretPlace): Promise<void> {
  if (place.app === '') return;
  const restarted = await restart(world, place);
  world.say(
    restarted.ok
      ? `Restarted ${place.app}`
      : `${place.app} was not restarted: it reads the new values by itself within minutes`,
  );
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
  const complete = checkSecrets(given.value, known.value);
  if (!complete.ok) return complete;
  const written = await writeSecrets(world, login.value, place, given.value);
  if (!written.ok) return written;
  if (Object.keys(given.value).length > 0) await restartIfKnown(world, place);
  return done(undefined);
}
