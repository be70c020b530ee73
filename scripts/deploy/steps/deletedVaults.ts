/** Vaults that were deleted and can still be recovered, or purged. */
import { z } from 'zod';
import { az } from '../az/az.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, type Outcome } from '../outcome.ts';

const list = z.array(
  z.object({ name: z.string(), properties: z.object({ vaultId: z.string(), location: z.string() }) }),
);

export interface DeletedVault {
  readonly name: string;
  readonly location: string;
  /** Whether it was deleted from the group that was asked about. */
  readonly inGroup: boolean;
}

/** All of the subscription, whichever group they were in. */
export async function deletedVaults(
  context: DeployContext,
  subscriptionId: string,
  resourceGroup: string,
): Promise<Outcome<DeletedVault[]>> {
  const args = ['keyvault', 'list-deleted', '--resource-type', 'vault', '--subscription', subscriptionId];
  const found = await az(context, { doing: 'looking for deleted vaults', args }, list);
  if (!found.ok) return found;
  const group = `/resourcegroups/${resourceGroup.toLowerCase()}/`;
  return done(
    found.value.map(({ name, properties: { vaultId, location } }) => ({
      name,
      location,
      inGroup: vaultId.toLowerCase().includes(group),
    })),
  );
}
