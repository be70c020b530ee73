/** `--code-only`: the package alone, into an app that is there. */
import { baseUrlOf } from '../baseUrl.ts';
import type { DeployContext } from '../deployContext.ts';
import type { OptionsOf } from '../options.ts';
import { failed, type Outcome } from '../outcome.ts';
import { givenSecrets } from '../secrets.ts';
import { checkSubscription } from '../steps/checkLogin.ts';
import { checkZip, deployCode } from '../steps/deployCode.ts';
import { finish } from '../steps/finish.ts';
import { locateApp } from '../steps/locateApp.ts';
import { readSettings } from '../steps/readSettings.ts';

export async function deployOnlyCode(
  context: DeployContext,
  options: OptionsOf<'deploy'>,
): Promise<Outcome<void>> {
  if (options['what-if']) {
    return failed({ kind: 'usage', problem: '--what-if shows resources, and --code-only changes none.' });
  }
  // Only to hide the key that the smoke test sends, and to refuse one that no gateway could have.
  const secrets = givenSecrets(context);
  if (!secrets.ok) return secrets;
  const zip = await checkZip(options['zip-path']);
  if (!zip.ok) return zip;
  const login = await checkSubscription(context, options['subscription-id']);
  if (!login.ok) return login;
  const found = await locateApp(context, { ...options, subscriptionId: login.value.subscriptionId });
  if (!found.ok) return found;
  const { target, hostname, vault } = found.value;
  const settings = await readSettings(context, target);
  if (!settings.ok) return settings;
  const hasBroker = settings.value['BROKER_ENABLED']?.trim().toLowerCase() === 'true';
  const deployed = await deployCode(context, target, zip.value);
  if (!deployed.ok) return deployed;
  const brokerBaseUrl = hasBroker ? baseUrlOf(hostname) : undefined;
  return finish(context, { ...target, hostname, vault, brokerBaseUrl });
}
