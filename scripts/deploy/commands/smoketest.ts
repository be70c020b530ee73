/** `npm run smoketest`: asks any gateway, local ones included. */
import { baseUrlOf, readBaseUrl } from '../baseUrl.ts';
import type { DeployContext } from '../deployContext.ts';
import type { OptionsOf } from '../options.ts';
import { failed, type Outcome, withoutAz } from '../outcome.ts';
import { givenSecrets } from '../secrets.ts';
import { smoke } from '../smoke/smoke.ts';
import { checkSubscription } from '../steps/checkLogin.ts';
import { locateApp } from '../steps/locateApp.ts';

/** The given address, or that of the deployed app. */
async function findBaseUrl(
  context: DeployContext,
  options: OptionsOf<'smoketest'>,
): Promise<Outcome<string>> {
  const given = options['base-url'];
  if (given !== undefined) {
    const value = readBaseUrl(given);
    if (value !== undefined) return { ok: true, value };
    return failed({
      kind: 'usage',
      problem: `--base-url ${given} must be https://…, or http:// on this machine.`,
    });
  }
  const login = await checkSubscription(context, options['subscription-id']);
  if (!login.ok) return login;
  const found = await locateApp(context, { ...options, subscriptionId: login.value.subscriptionId });
  return found.ok ? { ok: true, value: baseUrlOf(found.value.hostname) } : found;
}

export async function smoketest(
  context: DeployContext,
  options: OptionsOf<'smoketest'>,
): Promise<Outcome<void>> {
  const secrets = givenSecrets(context);
  if (!secrets.ok) return secrets;
  const pauseSeconds = Number(options['pause-seconds'] ?? 0);
  if (!(pauseSeconds >= 0 && pauseSeconds <= 60)) {
    return failed({ kind: 'usage', problem: '--pause-seconds must be a number from 0 to 60.' });
  }
  const baseUrl = withoutAz(
    await findBaseUrl(context, options),
    'Or give the address: --base-url <address> needs no az.',
  );
  if (!baseUrl.ok) return baseUrl;
  const asked = {
    baseUrl: baseUrl.value,
    apiKey: secrets.value['X_API_KEY'],
    hasToken: secrets.value['DISCOGS_TOKEN'] !== undefined,
    // Unknown here: a gateway without one says so.
    hasBroker: undefined,
    username: options.username,
    includeWrites: options['include-write-tests'] ?? false,
    pauseSeconds,
  };
  return smoke(context, asked, { keyWanted: true });
}
