/** Finds a deployed app by prefix, whichever suffix it got. */

import type { DeployContext } from '../deployContext.ts';
import { derivedSuffix, namesOf } from '../names.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { type AppTarget, readApp } from './readApp.ts';
import { APP, find, readInventory, VAULT } from './readInventory.ts';

export interface Whereabouts {
  readonly subscriptionId: string;
  readonly 'resource-group': string;
  readonly 'name-prefix': string;
  readonly 'name-suffix'?: string | undefined;
}

export interface Located {
  readonly target: AppTarget;
  readonly hostname: string;
  readonly vault: string | undefined;
}

export async function locateApp(context: DeployContext, where: Whereabouts): Promise<Outcome<Located>> {
  const {
    subscriptionId,
    'resource-group': resourceGroup,
    'name-prefix': prefix,
    'name-suffix': given,
  } = where;
  const inventory = await readInventory(context, subscriptionId, resourceGroup);
  if (!inventory.ok) return inventory;
  const suffixes = given === undefined ? ['', derivedSuffix(subscriptionId, resourceGroup)] : [given];
  const names = suffixes.map((suffix) => namesOf(prefix, suffix));
  const found = names.find(({ app }) => find(inventory.value, APP, app));
  if (!found) return failed({ kind: 'no_app', app: names[0]?.app ?? prefix, group: resourceGroup });
  const target = { subscriptionId, resourceGroup, app: found.app };
  const app = await readApp(context, target);
  if (!app.ok) return app;
  const vault = find(inventory.value, VAULT, found.vault)?.name;
  return done({ target, hostname: app.value.hostname, vault });
}
