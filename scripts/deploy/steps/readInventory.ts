/** What the resource group holds. */
import { z } from 'zod';
import { az } from '../az/az.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, type Outcome } from '../outcome.ts';

const resource = z.object({ id: z.string(), name: z.string(), type: z.string() });
export type Resource = z.infer<typeof resource>;

export const APP = 'microsoft.web/sites';
export const VAULT = 'microsoft.keyvault/vaults';
export const STORAGE = 'microsoft.storage/storageaccounts';

/** Resource types and names are compared without case, as Azure does. */
export const find = (inventory: readonly Resource[], type: string, name: string): Resource | undefined =>
  inventory.find(
    (each) => each.type.toLowerCase() === type && each.name.toLowerCase() === name.toLowerCase(),
  );

/** Empty when there is no such group. */
export async function readInventory(
  context: DeployContext,
  subscriptionId: string,
  resourceGroup: string,
): Promise<Outcome<Resource[]>> {
  const where = ['--resource-group', resourceGroup, '--subscription', subscriptionId];
  const exists = await az(
    context,
    { doing: 'looking for the resource group', args: ['group', 'exists', ...where] },
    z.boolean(),
  );
  if (!exists.ok) return exists;
  if (!exists.value) return done([]);
  return az(
    context,
    { doing: 'listing the resource group', args: ['resource', 'list', ...where] },
    z.array(resource),
  );
}
