/** `npm run deploy -- remove`: takes a deployment down. */
import { azText } from '../az/az.ts';
import type { DeployContext } from '../deployContext.ts';
import { derivedSuffix, namesOf } from '../names.ts';
import type { OptionsOf } from '../options.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { checkSubscription } from '../steps/checkLogin.ts';
import { deletedVaults } from '../steps/deletedVaults.ts';
import { find, type Resource, readInventory, VAULT } from '../steps/readInventory.ts';

const DELETE_TIMEOUT_SECONDS = 45 * 60;

/** Azure makes these by itself beside Application Insights. */
const BY_AZURE =
  /^(microsoft\.insights\/actiongroups|microsoft\.alertsmanagement\/smartdetectoralertrules)$/i;

/** Everything whose name does not begin as those of this deployment do. */
export const othersIn = (inventory: readonly Resource[], prefix: string): readonly Resource[] => {
  const storage = namesOf(prefix, '').storage;
  const ours = ({ name, type }: Resource): boolean =>
    name.toLowerCase().startsWith(`${prefix.toLowerCase()}-`) ||
    name.toLowerCase().startsWith(storage) ||
    BY_AZURE.test(type) ||
    // A workbook's name is a GUID.
    /^microsoft\.insights\/workbooks$/i.test(type);
  return inventory.filter((resource) => !ours(resource));
};

/** What an earlier run deleted: the name of a vault stays taken until it is purged. */
async function formerVault(
  context: DeployContext,
  subscriptionId: string,
  group: string,
  names: readonly string[],
): Promise<Outcome<string | undefined>> {
  const deleted = await deletedVaults(context, subscriptionId, group);
  if (!deleted.ok) return deleted;
  const lower = names.map((name) => name.toLowerCase());
  return done(deleted.value.find(({ name, inGroup }) => inGroup && lower.includes(name.toLowerCase()))?.name);
}

async function purge(context: DeployContext, subscriptionId: string, vault: string): Promise<Outcome<void>> {
  const args = ['keyvault', 'purge', '--name', vault, '--subscription', subscriptionId];
  const doing = 'purging the vault';
  const purged = await azText(context, { doing, args, timeoutSeconds: DELETE_TIMEOUT_SECONDS });
  if (!purged.ok) return purged;
  context.say(`Vault ${vault} is purged; its secrets are gone for good`);
  return done(undefined);
}

export async function remove(context: DeployContext, options: OptionsOf<'remove'>): Promise<Outcome<void>> {
  const { 'resource-group': group, 'name-prefix': prefix, 'name-suffix': suffix } = options;
  const login = await checkSubscription(context, options['subscription-id']);
  if (!login.ok) return login;
  const { subscriptionId } = login.value;
  const inventory = await readInventory(context, subscriptionId, group);
  if (!inventory.ok) return inventory;
  if (inventory.value.length === 0) context.say(`Resource group ${group} is empty or not there`);
  for (const { type, name } of inventory.value) context.say(`  ${type} ${name}`);
  const others = othersIn(inventory.value, prefix).map(({ name }) => name);
  if (others.length > 0 && !options['including-others']) {
    return failed({ kind: 'others_in_group', group, names: others });
  }
  if (!options.yes) {
    return failed({
      kind: 'usage',
      problem: `Nothing was deleted. --yes deletes resource group ${group} with all of the above.`,
    });
  }
  const suffixes = suffix === undefined ? ['', derivedSuffix(subscriptionId, group)] : [suffix];
  const names = suffixes.map((each) => namesOf(prefix, each).vault);
  const vault = names
    .map((each) => find(inventory.value, VAULT, each)?.name)
    .find((name) => name !== undefined);
  if (inventory.value.length > 0) {
    const args = ['group', 'delete', '--name', group, '--subscription', subscriptionId, '--yes'];
    const doing = 'deleting the resource group';
    const deleted = await azText(context, { doing, args, timeoutSeconds: DELETE_TIMEOUT_SECONDS });
    if (!deleted.ok) return deleted;
    context.say(`Resource group ${group} is deleted`);
  }
  if (options['purge-vault']) {
    const former = vault ? done(vault) : await formerVault(context, subscriptionId, group, names);
    if (!former.ok) return former;
    if (former.value !== undefined) return purge(context, subscriptionId, former.value);
    context.say(`There is no vault to purge: ${names.join(', ')}`);
    return done(undefined);
  }
  if (vault === undefined) return done(undefined);
  context.say(
    `Vault ${vault} can be recovered for its retention time; a new deployment of the same names recovers it`,
  );
  return done(undefined);
}
