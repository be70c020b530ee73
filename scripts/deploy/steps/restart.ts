/** Makes the app read its secrets anew. */
import { azText } from '../az/az.ts';
import type { DeployContext } from '../deployContext.ts';
import { type AppTarget, whereIs } from './readApp.ts';

/**
 * References to the vault are resolved when an app starts, and then about once a day:
 * https://learn.microsoft.com/azure/app-service/app-service-key-vault-references. A restart that fails ends nothing,
 * since the secrets are where they belong.
 */
export async function restart(context: DeployContext, target: AppTarget): Promise<void> {
  const args = ['functionapp', 'restart', ...whereIs(target)];
  const restarted = await azText(context, { doing: 'restarting the app', args });
  context.say(
    restarted.ok
      ? `Restarted ${target.app}`
      : `${target.app} was not restarted: the proxy reads new values by itself within minutes, the broker when the app starts`,
  );
}
