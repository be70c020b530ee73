/** What each command of the stand-in does. */
import { statSync } from 'node:fs';
import { type AzState, roleAssignment } from './azState.ts';
import { deploy, stateOfGroup } from './fakeDeployment.ts';

/** What az would print as its error. */
export class AzError extends Error {}

type Options = Readonly<Record<string, string | true>>;
type Answer = (state: AzState, options: Options) => unknown;

const text = (options: Options, name: string): string => {
  const value = options[name];
  return typeof value === 'string' ? value : '';
};

const OFFICER = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7';

function appOf(state: AzState, options: Options) {
  const app = state.apps[text(options, '--name')];
  if (!app || app.group !== text(options, '--resource-group'))
    throw new AzError('(ResourceNotFound) The Resource was not found.');
  return app;
}

/** Data of a vault: only with the role, and only once it has arrived. */
function vaultOf(state: AzState, options: Options) {
  const name = text(options, '--vault-name');
  const vault = state.vaults[name];
  if (!vault) throw new AzError(`(VaultNotFound) getaddrinfo ENOTFOUND ${name}.vault.azure.net`);
  const assignment = state.assignments.find(
    ({ scope, roleDefinitionId }) => scope.endsWith(`/vaults/${name}`) && roleDefinitionId.endsWith(OFFICER),
  );
  if (!assignment || assignment.propagating > 0) {
    if (assignment) assignment.propagating -= 1;
    throw new AzError(
      '(Forbidden) Caller is not authorized to perform action on resource.\nInner error: {"code": "ForbiddenByRbac"}',
    );
  }
  return vault;
}

function jwt(state: AzState): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part({ oid: state.principalId })}.signature-of-the-token`;
}

function rest(state: AzState, options: Options): unknown {
  const url = text(options, '--url');
  if (
    /\/providers\/Microsoft\.(Web\/checknameavailability|KeyVault\/checkNameAvailability)\?api-version=/.test(
      url,
    )
  ) {
    const { name }: { name: string } = JSON.parse(text(options, '--body'));
    return { nameAvailable: !state.taken.includes(name) && !(name in state.apps) && !(name in state.vaults) };
  }
  const [, vault = ''] = /\/vaults\/([^/]+)\/secrets\?api-version=/.exec(url) ?? [];
  const found = state.vaults[vault];
  if (!found) throw new AzError(`(ResourceNotFound) ${url}`);
  return { value: Object.keys(found.secrets).map((name) => ({ name })) };
}

export const ANSWERS: Readonly<Record<string, Answer>> = {
  'account show': ({ subscriptionId, userType }) => ({
    id: subscriptionId,
    name: 'Test',
    user: { name: 'owner@example.com', type: userType },
  }),
  'account get-access-token': (state) => ({ accessToken: jwt(state) }),
  'role assignment list': (state, options) => {
    const scope = text(options, '--scope');
    return state.assignments.filter((each) =>
      options['--include-inherited'] ? scope.startsWith(each.scope) : each.scope === scope,
    );
  },
  'role assignment create': (state, options) => {
    const scope = text(options, '--scope');
    const made = roleAssignment(text(options, '--role'), scope, text(options, '--name'), state.propagation);
    const same = state.assignments.find(({ id }) => id === made.id);
    if (!same) state.assignments.push(made);
    return same ?? made;
  },
  'role assignment delete': (state, options) => {
    state.assignments = state.assignments.filter(({ id }) => id !== text(options, '--ids'));
  },
  'functionapp list-flexconsumption-runtimes': ({ runtimes }) => runtimes,
  'group exists': ({ groups }, options) => text(options, '--resource-group') in groups,
  'resource list': (state, options) => stateOfGroup(state, text(options, '--resource-group')),
  'group delete': (state, options) => {
    const group = text(options, '--resource-group');
    delete state.groups[group];
    for (const [name, app] of Object.entries(state.apps)) if (app.group === group) delete state.apps[name];
    for (const [name, each] of Object.entries(state.storage))
      if (each.group === group) delete state.storage[name];
    for (const [name, vault] of Object.entries(state.vaults)) {
      if (vault.group !== group) continue;
      state.deletedVaults[name] = vault;
      delete state.vaults[name];
    }
  },
  'storage account check-name': ({ taken, storage }, options) => {
    const name = text(options, '--name');
    return { nameAvailable: !taken.includes(name) && !(name in storage) };
  },
  'keyvault list-deleted': ({ deletedVaults, subscriptionId }) =>
    Object.entries(deletedVaults).map(([name, { group, location }]) => ({
      name,
      properties: {
        vaultId: `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/${name}`,
        location,
      },
    })),
  'keyvault purge': (state, options) => {
    delete state.deletedVaults[text(options, '--name')];
  },
  'keyvault secret list': (state, options) =>
    Object.keys(vaultOf(state, options).secrets).map((name) => ({
      id: `https://${text(options, '--vault-name')}.vault.azure.net/secrets/${name}`,
    })),
  'keyvault secret set': (state, options) => {
    const { secrets } = vaultOf(state, options);
    secrets[text(options, '--name')] = text(options, '--value');
  },
  'functionapp show': (state, options) => {
    const app = appOf(state, options);
    const serverFarmId = `/subscriptions/${state.subscriptionId}/resourceGroups/${app.group}/providers/Microsoft.Web/serverfarms/${text(options, '--name')}`;
    const facts = { defaultHostName: app.hostname, serverFarmId };
    // The real one answers in two shapes.
    return app.sku === 'FC1'
      ? { properties: facts }
      : { defaultHostName: app.hostname, appServicePlanId: serverFarmId };
  },
  'functionapp config appsettings list': (state, options) =>
    Object.entries(appOf(state, options).settings).map(([name, value]) => ({
      name,
      value,
      slotSetting: false,
    })),
  'functionapp config appsettings set': (state, options) => {
    Object.assign(appOf(state, options).settings, JSON.parse(text(options, '--settings')));
  },
  'functionapp deployment source config-zip': (state, options) => {
    appOf(state, options).zipBytes = statSync(text(options, '--src')).size;
  },
  'functionapp restart': (state, options) => {
    appOf(state, options);
  },
  'appservice plan show': (state, options) => {
    const name = text(options, '--ids').split('/').at(-1) ?? '';
    return { sku: { name: state.apps[name]?.sku } };
  },
  'deployment sub show': ({ deployments }, options) => {
    const found = deployments[text(options, '--name')];
    if (!found) throw new AzError('(DeploymentNotFound) Deployment could not be found.');
    const parameters = Object.entries(found.parameters).map(([name, value]) => [
      name,
      name === 'extraAppSettings' ? { type: 'SecureObject' } : { value },
    ]);
    return { properties: { parameters: Object.fromEntries(parameters) } };
  },
  'deployment sub validate': () => ({}),
  'deployment sub what-if': () => ({}),
  'deployment sub create': (state, options) => deploy(state, options),
  rest,
};
