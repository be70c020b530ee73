/** Makes the app read its secrets anew. */
import { azText } from '../az/az.ts';
import type { World } from '../world.ts';
import { type AppPlace, whereIs } from './readApp.ts';

/**
 * References to the vault are resolved when an app starts, and then about once a day:
 * https://learn.microsoft.com/azure/app-service/app-service-key-vault-references. A restart that fails ends nothing,
 * since the secrets are where they belong.
 */
export async function restart(world: World, place: AppPlace): Promise<void> {
  const args = ['functionapp', 'restart', ...whereIs(place)];
  const restarted = await azText(world, { doing: 'restarting the app', args });
  world.say(
    restarted.ok
      ? `Restarted ${place.app}`
      : `${place.app} was not restarted: the proxy reads new values by itself within minutes, the broker when the app starts`,
  );
}
