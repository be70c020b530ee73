/** `npm run deploy`: from nothing, or from any earlier state, to a gateway that passes its smoke test. */

import { parseApiKey } from '@discogs-agent/core';
import { baseUrlOf } from '../baseUrl.ts';
import type { OptionsOf } from '../options.ts';
import { done, type Outcome } from '../outcome.ts';
import { smoke } from '../smoke/smoke.ts';
import { deployCode } from '../steps/deployCode.ts';
import { deployInfra, previewInfra } from '../steps/infra.ts';
import { publishOpenApi } from '../steps/publishOpenApi.ts';
import { restart } from '../steps/restart.ts';
import { waitForBroker, waitForKey, waitForPing } from '../steps/waitForApp.ts';
import { writeSecrets } from '../steps/writeSecrets.ts';
import { summary } from '../summary.ts';
import type { World } from '../world.ts';
import { deployOnlyCode } from './codeOnly.ts';
import { planDeployment } from './deployPlan.ts';

/** Where the code has just been deployed, to be tested and announced. */
export interface Live {
  readonly app: string;
  readonly resourceGroup: string;
  readonly hostname: string;
  readonly vault: string | undefined;
  /** Absent without the broker. */
  readonly brokerBaseUrl: string | undefined;
}

/** The last part of every deployment: wait, test, publish, say where everything is. */
export async function finish(world: World, live: Live): Promise<Outcome<void>> {
  const baseUrl = baseUrlOf(live.hostname);
  const up = await waitForPing(world, baseUrl);
  if (!up.ok) return up;
  const apiKey = world.environment['X_API_KEY'] || undefined;
  const [newest] = parseApiKey(apiKey ?? '');
  const ready = newest ? await waitForKey(world, baseUrl, newest.key) : done(undefined);
  if (!ready.ok) return ready;
  const brokerReady =
    live.brokerBaseUrl === undefined ? done(undefined) : await waitForBroker(world, baseUrl);
  if (!brokerReady.ok) return brokerReady;
  const tested = await smoke(
    world,
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
  const openApiPath = await publishOpenApi(world, live.hostname);
  if (!tested.ok) return tested;
  if (!openApiPath.ok) return openApiPath;
  for (const line of summary({ ...live, baseUrl, openApiPath: openApiPath.value })) world.say(line);
  return done(undefined);
}

export async function deploy(world: World, options: OptionsOf<'deploy'>): Promise<Outcome<void>> {
  if (options['code-only']) return deployOnlyCode(world, options);
  const planned = await planDeployment(world, options);
  if (!planned.ok) return planned;
  const { login, infra, secrets, resourceGroup, zip } = planned.value;
  if (options['what-if']) return previewInfra(world, infra);

  const deployed = await deployInfra(world, infra);
  if (!deployed.ok) return deployed;
  const { app, hostname, vault, brokerBaseUrl } = deployed.value;
  const place = { subscriptionId: login.subscriptionId, resourceGroup, app };
  const written = await writeSecrets(world, login, { ...place, vault }, secrets);
  if (!written.ok) return written;
  // Also when nothing was written: the run before this one may have ended in between. Settings restart it by themselves.
  if (brokerBaseUrl !== undefined && vault !== undefined) await restart(world, place);
  const code = await deployCode(world, place, zip);
  if (!code.ok) return code;
  return finish(world, { app, resourceGroup, hostname, vault, brokerBaseUrl });
}
