/** What the stand-in makes of a Bicep deployment: the resources that later steps meet. */
import { z } from 'zod';
import { namesOf } from '../../deploy/names.ts';
import { secretsOf, VAULT_NAMES } from '../../deploy/secretNames.ts';
import type { AzState } from './azState.ts';

const flag = (standard: boolean) => z.object({ value: z.boolean() }).default({ value: standard });
const text = z.object({ value: z.string() });

/** What the stand-in understands of a parameters file; the rest is kept and shown again. */
const parametersFile = z.object({
  parameters: z.looseObject({
    rgName: text,
    namePrefix: text,
    nameSuffix: text,
    location: text,
    keyVaultCreateMode: text,
    enableKeyVault: flag(true),
    useFlexConsumption: flag(true),
    readOnly: flag(false),
    enableBroker: flag(false),
    enableSignIn: flag(false),
    extraAppSettings: z.object({ value: z.record(z.string(), z.string()) }),
  }),
});

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
    String(options['--parameters']),
  );
  const given = parametersFile.parse(file).parameters;
  const { value: rgName } = given.rgName;
  const { value: location } = given.location;
  const { value: enableKeyVault } = given.enableKeyVault;
  const { value: enableBroker } = given.enableBroker;
  const { value: enableSignIn } = given.enableSignIn;
  const names = namesOf(given.namePrefix.value, given.nameSuffix.value);
  state.groups[rgName] ??= { location, others: [] };
  state.storage[names.storage] = { group: rgName };
  if (enableKeyVault) {
    const former =
      given.keyVaultCreateMode.value === 'recover' ? state.deletedVaults[names.vault] : undefined;
    if (names.vault in state.deletedVaults && !former) throw new Error('the vault exists in deleted state');
    state.vaults[names.vault] ??= former ?? { group: rgName, location, secrets: {} };
    delete state.deletedVaults[names.vault];
  }
  const uri = `https://${names.vault}.vault.azure.net/`;
  const references = Object.fromEntries(
    secretsOf({ enableBroker, enableSignIn }).map((name) => [
      name,
      `@Microsoft.KeyVault(SecretUri=${uri}secrets/${VAULT_NAMES[name]})`,
    ]),
  );
  const before = state.apps[names.app];
  state.apps[names.app] = {
    group: rgName,
    sku: given.useFlexConsumption.value ? 'FC1' : 'Y1',
    hostname: state.hostname,
    zipBytes: before?.zipBytes ?? 0,
    settings: {
      ...given.extraAppSettings.value,
      READ_ONLY: String(given.readOnly.value),
      BROKER_ENABLED: String(enableBroker),
      SIGN_IN: String(enableSignIn),
      ...(enableKeyVault ? { KEY_VAULT_URI: uri } : {}),
      ...(enableKeyVault ? references : {}),
    },
  };
  const entries = Object.entries(file.parameters).map(([name, { value }]) => [name, value]);
  state.deployments[String(options['--name'])] = { parameters: Object.fromEntries(entries) };
  return {
    properties: {
      outputs: {
        functionAppName: { value: names.app },
        functionAppHostname: { value: state.hostname },
        keyVaultName: { value: enableKeyVault ? names.vault : '' },
        brokerBaseUrl: { value: enableBroker ? `https://${state.hostname}/api` : '' },
      },
    },
  };
}
