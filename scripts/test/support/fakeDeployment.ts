/** What the stand-in makes of a Bicep deployment: the resources that later steps meet. */
import { readFileSync } from 'node:fs';
import { namesOf } from '../../deploy/names.ts';
import type { AzState } from './azState.ts';

interface Given {
  readonly rgName: string;
  readonly namePrefix: string;
  readonly nameSuffix: string;
  readonly location: string;
  readonly enableKeyVault?: boolean;
  readonly useFlexConsumption?: boolean;
  readonly readOnly?: boolean;
  readonly keyVaultCreateMode: string;
  readonly extraAppSettings: Record<string, string>;
}

/** The resources of a group, as `az resource list` names them. */
export function stateOfGroup(state: AzState, group: string): unknown[] {
  const base = `/subscriptions/${state.subscriptionId}/resourceGroups/${group}/providers`;
  const entry = (type: string, name: string) => ({ id: `${base}/${type}/${name}`, name, type });
  const inGroup = (all: Readonly<Record<string, { group: string }>>) =>
    Object.keys(all).filter((name) => all[name]?.group === group);
  return [
    ...inGroup(state.apps).map((name) => entry('Microsoft.Web/sites', name)),
    ...inGroup(state.vaults).map((name) => entry('Microsoft.KeyVault/vaults', name)),
    ...inGroup(state.storage).map((name) => entry('Microsoft.Storage/storageAccounts', name)),
    ...(state.groups[group]?.others ?? []).map((name) => entry('Microsoft.Sql/servers', name)),
  ];
}

export function deploy(state: AzState, options: Readonly<Record<string, string | true>>): unknown {
  const file: { parameters: Record<string, { value: unknown }> } = JSON.parse(
    readFileSync(String(options['--parameters']).slice(1), 'utf8'),
  );
  const parameters = Object.fromEntries(
    Object.entries(file.parameters).map(([name, { value }]) => [name, value]),
  );
  // The stand-in's own view of what it was just given.
  const given = parameters as unknown as Given;
  const { rgName, location, enableKeyVault = true, useFlexConsumption = true } = given;
  const names = namesOf(given.namePrefix, given.nameSuffix);
  state.groups[rgName] ??= { location, others: [] };
  state.storage[names.storage] = { group: rgName };
  if (enableKeyVault) {
    const former = given.keyVaultCreateMode === 'recover' ? state.deletedVaults[names.vault] : undefined;
    if (names.vault in state.deletedVaults && !former) throw new Error('the vault exists in deleted state');
    state.vaults[names.vault] ??= former ?? { group: rgName, location, secrets: {} };
    delete state.deletedVaults[names.vault];
  }
  const before = state.apps[names.app];
  state.apps[names.app] = {
    group: rgName,
    sku: useFlexConsumption ? 'FC1' : 'Y1',
    hostname: state.hostname,
    zipBytes: before?.zipBytes ?? 0,
    settings: {
      ...given.extraAppSettings,
      READ_ONLY: String(given.readOnly ?? false),
      ...(enableKeyVault ? { KEY_VAULT_URI: `https://${names.vault}.vault.azure.net/` } : {}),
    },
  };
  state.deployments[String(options['--name'])] = { parameters };
  return {
    properties: {
      outputs: {
        functionAppName: { value: names.app },
        functionAppHostname: { value: state.hostname },
        keyVaultName: { value: enableKeyVault ? names.vault : '' },
      },
    },
  };
}
