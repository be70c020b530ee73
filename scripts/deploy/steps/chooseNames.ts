/** Decides between the plain names and those with a suffix. */

import type { DeployContext } from '../deployContext.ts';
import { badName, derivedSuffix, type Names, namesOf } from '../names.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { type DeployTarget, type NameStates, nameStates } from './nameStates.ts';
import { APP, find, type Resource, STORAGE, VAULT } from './readInventory.ts';

export interface ChosenNames extends Names {
  /** The vault of that name was deleted and comes back with what it held. */
  readonly recoverVault: boolean;
}

function takenNames(names: Names, states: NameStates): string[] {
  const kinds = ['app', 'storage', 'vault'] as const;
  return kinds.filter((kind) => states[kind] === 'taken').map((kind) => names[kind]);
}

/** Whether an earlier run, perhaps one that failed half-way, made something of these names. */
const begun = (inventory: readonly Resource[], { app, storage, vault }: Names): boolean =>
  Boolean(find(inventory, APP, app) ?? find(inventory, STORAGE, storage) ?? find(inventory, VAULT, vault));

/** What is there decides; otherwise the plain names if they can be had. */
function candidates(
  prefix: string,
  given: string | undefined,
  target: DeployTarget,
  inventory: readonly Resource[],
) {
  if (given !== undefined) return [namesOf(prefix, given)];
  const plain = namesOf(prefix, '');
  const derived = namesOf(prefix, derivedSuffix(target.subscriptionId, target.resourceGroup));
  return begun(inventory, derived) && !begun(inventory, plain) ? [derived] : [plain, derived];
}

/** Names that are ours or free, all three. */
export async function chooseNames(
  context: DeployContext,
  target: DeployTarget,
  inventory: readonly Resource[],
  prefix: string,
  suffix: string | undefined,
): Promise<Outcome<ChosenNames>> {
  const taken: string[] = [];
  for (const names of candidates(prefix, suffix, target, inventory)) {
    const bad = badName(names);
    if (bad) return failed(bad);
    const states = await nameStates(context, target, inventory, names);
    if (!states.ok) return states;
    const others = takenNames(names, states.value);
    if (others.length === 0) {
      const recoverVault = states.value.vault === 'deleted';
      const { app, vault } = names;
      context.say(
        `App ${app}${target.enableKeyVault ? `, vault ${vault}` : ''}${recoverVault ? ' (recovered)' : ''}`,
      );
      return done({ ...names, recoverVault });
    }
    context.say(`Not available: ${others.join(', ')}`);
    taken.push(...others);
  }
  return failed({ kind: 'names_taken', names: taken });
}
