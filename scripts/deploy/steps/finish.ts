/** The last part of every deployment. */
import { parseApiKey } from '@discogs-agent/core';
import { baseUrlOf } from '../baseUrl.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, type Outcome } from '../outcome.ts';
import { smoke } from '../smoke/smoke.ts';
import { summary } from '../summary.ts';
import { publishOpenApi } from './publishOpenApi.ts';
import { waitForBroker, waitForKey, waitForPing } from './waitForApp.ts';

/** Where the code has just been deployed, to be tested and announced. */
export interface Live {
  readonly app: string;
  readonly resourceGroup: string;
  readonly hostname: string;
  readonly vault: string | undefined;
  /** Absent without the broker. */
  readonly brokerBaseUrl: string | undefined;
}

/** Waits for the app, tests it, publishes its OpenAPI document, and says where everything is. */
export async function finish(context: DeployContext, live: Live): Promise<Outcome<void>> {
  const baseUrl = baseUrlOf(live.hostname);
  const up = await waitForPing(context, baseUrl);
  if (!up.ok) return up;
  const apiKey = context.environment['X_API_KEY'] || undefined;
  const [newest] = parseApiKey(apiKey ?? '');
  const ready = newest ? await waitForKey(context, baseUrl, newest.key) : done(undefined);
  if (!ready.ok) return ready;
  const brokerReady =
    live.brokerBaseUrl === undefined ? done(undefined) : await waitForBroker(context, baseUrl);
  if (!brokerReady.ok) return brokerReady;
  const tested = await smoke(
    context,
    {
      baseUrl,
      apiKey,
      // The deployment does not end without a token in Azure.
      hasToken: true,
      hasBroker: live.brokerBaseUrl !== undefined,
      username: undefined,
      includeWrites: false,
      pauseSeconds: 0,
    },
    // An upgrade needs no key: the one in Azure stays.
    { keyWanted: false },
  );
  // Published all the same: a gateway with one failing check has an address.
  const openApiPath = await publishOpenApi(context, live.hostname);
  if (!tested.ok) return tested;
  if (!openApiPath.ok) return openApiPath;
  for (const line of summary({ ...live, baseUrl, openApiPath: openApiPath.value })) context.say(line);
  return done(undefined);
}
