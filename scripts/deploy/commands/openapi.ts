/** `npm run deploy -- openapi`: the OpenAPI document with the address of a deployment. Also a hook of azd. */
import { FUNCTION_APP, HOST, optionOr, RESOURCE_GROUP, SUBSCRIPTION } from '../azdEnvironment.ts';
import type { DeployContext } from '../deployContext.ts';
import { DEFAULT_GROUP, type OptionsOf } from '../options.ts';
import { done, type Outcome, withoutAz } from '../outcome.ts';
import { checkSubscription } from '../steps/checkLogin.ts';
import { locateApp } from '../steps/locateApp.ts';
import { publishOpenApi } from '../steps/publishOpenApi.ts';
import { readApp } from '../steps/readApp.ts';

async function hostname(context: DeployContext, options: OptionsOf<'openapi'>): Promise<Outcome<string>> {
  const host = optionOr(context, options.host, ...HOST);
  if (host) return done(host);
  const resourceGroup = optionOr(context, options['resource-group'], ...RESOURCE_GROUP) ?? DEFAULT_GROUP;
  const app = optionOr(context, options['function-app-name'], ...FUNCTION_APP);
  const login = await checkSubscription(
    context,
    optionOr(context, options['subscription-id'], ...SUBSCRIPTION),
  );
  if (!login.ok) return login;
  const { subscriptionId } = login.value;
  const found = app
    ? await readApp(context, { subscriptionId, resourceGroup, app })
    : await locateApp(context, { ...options, subscriptionId, 'resource-group': resourceGroup });
  return found.ok ? done(found.value.hostname) : found;
}

export async function openapi(context: DeployContext, options: OptionsOf<'openapi'>): Promise<Outcome<void>> {
  const host = withoutAz(
    await hostname(context, options),
    'Or give the host name: --host <host name> needs no az.',
  );
  if (!host.ok) return host;
  const path = await publishOpenApi(context, host.value);
  if (!path.ok) return path;
  context.say(
    `Wrote ${path.value}, and beside it proxy.published.yaml for GPTs that use the former document, gpt-action-oauth.published.yaml for a GPT whose users sign in.`,
  );
  return done(undefined);
}
