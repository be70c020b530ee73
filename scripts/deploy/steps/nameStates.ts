/** Whose a name is. */
import { z } from 'zod';
import { az } from '../az/az.ts';
import { postResource } from '../az/resourceManager.ts';
import type { DeployContext } from '../deployContext.ts';
import type { Names } from '../names.ts';
import { done, type Outcome } from '../outcome.ts';
import { deletedVaults } from './deletedVaults.ts';
import { APP, find, type Resource, STORAGE, VAULT } from './readInventory.ts';

/** `deleted`: a vault of ours that can be recovered. */
export type NameState = 'ours' | 'free' | 'taken' | 'deleted';
export type NameStates = Readonly<Record<'app' | 'storage' | 'vault', NameState>>;

/** Where the deployment goes. */
export interface DeployTarget {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly enableKeyVault: boolean;
}

const availability = z.object({ nameAvailable: z.boolean() });
const state = ({ nameAvailable }: { nameAvailable: boolean }): NameState =>
  nameAvailable ? 'free' : 'taken';

const same = (one: string, other: string): boolean =>
  one.replaceAll(' ', '').toLowerCase() === other.replaceAll(' ', '').toLowerCase();

async function appState(
  context: DeployContext,
  { subscriptionId }: DeployTarget,
  name: string,
): Promise<Outcome<NameState>> {
  const found = await postResource(
    context,
    'asking whether the name of the app is free',
    `/subscriptions/${subscriptionId}/providers/Microsoft.Web/checknameavailability?api-version=2024-04-01`,
    { name, type: 'Microsoft.Web/sites' },
    availability,
  );
  return found.ok ? done(state(found.value)) : found;
}

async function storageState(
  context: DeployContext,
  target: DeployTarget,
  name: string,
): Promise<Outcome<NameState>> {
  const args = ['storage', 'account', 'check-name', '--name', name, '--subscription', target.subscriptionId];
  const found = await az(
    context,
    { doing: 'asking whether the name of the storage is free', args },
    availability,
  );
  return found.ok ? done(state(found.value)) : found;
}

/** `az keyvault check-name` knows managed HSMs only, so the vault's name is checked by its REST operation. */
async function vaultState(
  context: DeployContext,
  target: DeployTarget,
  name: string,
): Promise<Outcome<NameState>> {
  const { subscriptionId, resourceGroup, location } = target;
  const deleted = await deletedVaults(context, subscriptionId, resourceGroup);
  if (!deleted.ok) return deleted;
  const former = deleted.value.find((vault) => same(vault.name, name));
  if (former) return done(former.inGroup && same(former.location, location) ? 'deleted' : 'taken');
  const found = await postResource(
    context,
    'asking whether the name of the vault is free',
    `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/checkNameAvailability?api-version=2023-07-01`,
    { name, type: 'Microsoft.KeyVault/vaults' },
    availability,
  );
  return found.ok ? done(state(found.value)) : found;
}

/** Asks Azure only about names that are not ours already. */
export async function nameStates(
  context: DeployContext,
  target: DeployTarget,
  inventory: readonly Resource[],
  names: Names,
): Promise<Outcome<NameStates>> {
  const ours = done<NameState>('ours');
  const app = find(inventory, APP, names.app) ? ours : await appState(context, target, names.app);
  if (!app.ok) return app;
  const storage = find(inventory, STORAGE, names.storage)
    ? ours
    : await storageState(context, target, names.storage);
  if (!storage.ok) return storage;
  const needsNoVault = !target.enableKeyVault || find(inventory, VAULT, names.vault);
  const vault = needsNoVault ? ours : await vaultState(context, target, names.vault);
  if (!vault.ok) return vault;
  return done({ app: app.value, storage: storage.value, vault: vault.value });
}
