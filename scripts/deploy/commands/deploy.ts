/** `npm run deploy`: from nothing, or from any earlier state, to a gateway that passes its smoke test. */

import type { DeployContext } from '../deployContext.ts';
import type { OptionsOf } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { deployCode } from '../steps/deployCode.ts';
import { finish } from '../steps/finish.ts';
import { deployInfra, previewInfra } from '../steps/infra.ts';
import { restart } from '../steps/restart.ts';
import { writeSecrets } from '../steps/writeSecrets.ts';
import { deployOnlyCode } from './codeOnly.ts';
import { planDeployment } from './deployPlan.ts';

export async function deploy(context: DeployContext, options: OptionsOf<'deploy'>): Promise<Outcome<void>> {
  if (options['code-only']) return deployOnlyCode(context, options);
  const planned = await planDeployment(context, options);
  if (!planned.ok) return planned;
  const { login, infra, secrets, resourceGroup, zip } = planned.value;
  if (options['what-if']) return previewInfra(context, infra);

  const deployed = await deployInfra(context, infra);
  if (!deployed.ok) return deployed;
  const { app, hostname, vault, brokerBaseUrl } = deployed.value;
  const target = { subscriptionId: login.subscriptionId, resourceGroup, app };
  const written = await writeSecrets(context, login, { ...target, vault }, secrets);
  if (!written.ok) return written;
  // Also when nothing was written: the run before this one may have ended in between. Settings restart it by themselves.
  if (brokerBaseUrl !== undefined && vault !== undefined) await restart(context, target);
  const code = await deployCode(context, target, zip);
  if (!code.ok) return code;
  return finish(context, { app, resourceGroup, hostname, vault, brokerBaseUrl });
}
