/** Rules about what is deployed: what may be open, who may do what, which key may be used where. */
import type { Node } from 'web-tree-sitter';
import type { BicepFile, Parameter, Resource } from './project.ts';
import { eachFile, type Rule } from './rule.ts';
import { at, literal, ofType, properties, walk } from './syntax.ts';

/** The plan that still needs the account's key. */
const CLASSIC = 'modules/functionAppClassic.bicep';
const FLEX = 'modules/functionAppFlex.bicep';

/** Where role assignments may stand. */
const ACCESS = 'modules/access.bicep';

/** The roles that may be given, by id; `policy.md` says why each. */
export const ROLES: ReadonlyMap<string, string> = new Map([
  ['00482a5a-887f-4fb3-b363-3b7fe8e74483', 'Key Vault Administrator'],
  ['0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3', 'Storage Table Data Contributor'],
  ['2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', 'Storage Blob Data Reader'],
  ['3913510d-42f4-4e42-8a64-420c390055eb', 'Monitoring Metrics Publisher'],
  ['4633458b-17de-408a-b874-0445c86b69e6', 'Key Vault Secrets User'],
  ['b7e6dc6d-f1e8-4753-8033-0f276bb0955b', 'Storage Blob Data Owner'],
]);

/** Settings that Flex Consumption refuses, ignores or is broken by, in capitals. */
export const REFUSED_BY_FLEX: readonly string[] = [
  'AZUREWEBJOBSDASHBOARD',
  'AZUREWEBJOBSSTORAGE',
  'ENABLE_ORYX_BUILD',
  'FUNCTIONS_EXTENSION_VERSION',
  'FUNCTIONS_MAX_HTTP_CONCURRENCY',
  'FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED',
  'FUNCTIONS_WORKER_PROCESS_COUNT',
  'FUNCTIONS_WORKER_RUNTIME',
  'FUNCTIONS_WORKER_RUNTIME_VERSION',
  'SCM_DO_BUILD_DURING_DEPLOYMENT',
  'WEBSITE_CONTENTAZUREFILECONNECTIONSTRING',
  'WEBSITE_CONTENTOVERVNET',
  'WEBSITE_CONTENTSHARE',
  'WEBSITE_DNS_SERVER',
  'WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT',
  'WEBSITE_MOUNT_ENABLED',
  'WEBSITE_NODE_DEFAULT_VERSION',
  'WEBSITE_RUN_FROM_PACKAGE',
  'WEBSITE_SKIP_CONTENTSHARE_VALIDATION',
  'WEBSITE_TIME_ZONE',
  'WEBSITE_VNET_ROUTE_ALL',
];

const typeOf = ({ type }: Resource): string => type.split('@')[0] ?? '';

const made = (file: BicepFile, type: string): readonly Resource[] =>
  [...file.resources.values()].filter((resource) => !resource.existing && typeOf(resource) === type);

/** A property inside `siteConfig`, which may be an object or a union with one. */
const siteConfig = (site: Resource, name: string): Node | undefined => {
  const config = at(site.body, 'properties', 'siteConfig');
  const objects = config === undefined ? [] : ofType(config, 'object');
  return objects.map((object) => at(object, name)).find((value) => value !== undefined);
};

/** A rule: each resource of a type has this text at this path. */
const has = (type: string, path: readonly string[], expected: string): Rule =>
  eachFile((file) =>
    made(file, type)
      .filter(({ body }) => at(body, ...path)?.text !== expected)
      .map(({ name }) => `${name}: ${path.join('.')} must be ${expected}`),
  );

const siteHas = (property: string, expected: string): Rule =>
  eachFile((file) =>
    made(file, 'Microsoft.Web/sites')
      .filter((site) => siteConfig(site, property)?.text !== expected)
      .map(({ name }) => `${name}: ${property} must be ${expected}`),
  );

const all =
  (...rules: readonly Rule[]): Rule =>
  (project) =>
    rules.flatMap((rule) => rule(project));

export const everythingIsDescribed: Rule = eachFile((file) =>
  [...file.parameters.values(), ...file.outputs.values()]
    .filter(({ decorators }) => {
      const description = decorators.find((call) => call.namedChildren[0]?.text === 'description');
      return description === undefined || !literal(ofType(description, 'string')[0])?.trim();
    })
    .map(({ name }) => `${name} has no description`),
);

const isSecure = ({ decorators }: Parameter): boolean =>
  decorators.some((call) => call.namedChildren[0]?.text === 'secure');

const usesKey = (node: Node): boolean => /\blist\w*\s*\(|\bgetSecret\s*\(/i.test(node.text);

export const noSecretOutputs: Rule = eachFile((file) => {
  const secure = new Set([...file.parameters.values()].filter(isSecure).map(({ name }) => name));
  // A variable made of a secret is one.
  for (let before = -1; before !== secure.size; ) {
    before = secure.size;
    for (const { name, node } of file.variables.values()) {
      const value = node.namedChildren[1];
      if (value && (usesKey(value) || [...walk(value)].some(({ text }) => secure.has(text))))
        secure.add(name);
    }
  }
  return [...file.outputs.values()]
    .filter(({ node }) => {
      const value = node.namedChildren.at(-1) ?? node;
      return (
        usesKey(value) || [...walk(value)].some(({ type, text }) => type === 'identifier' && secure.has(text))
      );
    })
    .map(({ name }) => `output ${name} gives a secret away`);
});

export const keysOnlyOnClassic: Rule = eachFile((file) => {
  if (file.path === CLASSIC) return [];
  const keys = ofType(file.root, 'call_expression').filter(usesKey);
  const connections = ofType(file.root, 'string_content').filter(({ text }) =>
    /AccountKey=|SharedAccess/i.test(text),
  );
  return [...keys, ...connections].map((node) => `line ${node.startPosition.row + 1}: uses a key`);
});

export const httpsOnly: Rule = all(
  has('Microsoft.Web/sites', ['properties', 'httpsOnly'], 'true'),
  has('Microsoft.Storage/storageAccounts', ['properties', 'supportsHttpsTrafficOnly'], 'true'),
);

export const modernTls: Rule = all(
  siteHas('minTlsVersion', "'1.2'"),
  siteHas('scmMinTlsVersion', "'1.2'"),
  has('Microsoft.Storage/storageAccounts', ['properties', 'minimumTlsVersion'], "'TLS1_2'"),
);

export const noPasswordsToDeploy: Rule = all(
  siteHas('ftpsState', "'Disabled'"),
  has('Microsoft.Web/sites/basicPublishingCredentialsPolicies', ['properties', 'allow'], 'false'),
  eachFile((file) => {
    const policies = made(file, 'Microsoft.Web/sites/basicPublishingCredentialsPolicies');
    const names = policies.map(({ body }) => literal(at(body, 'name')));
    return made(file, 'Microsoft.Web/sites').flatMap(({ name }) =>
      ['ftp', 'scm']
        .filter((policy) => !names.includes(policy))
        .map((policy) => `${name}: no policy for ${policy}`),
    );
  }),
);

export const closedStorage: Rule = has(
  'Microsoft.Storage/storageAccounts',
  ['properties', 'allowBlobPublicAccess'],
  'false',
);

export const sharedKeysOnlyOnClassic: Rule = all(
  has('Microsoft.Storage/storageAccounts', ['properties', 'allowSharedKeyAccess'], 'allowSharedKeyAccess'),
  eachFile((file) =>
    [...file.modules.values()]
      .filter(({ path, body }) => {
        const given = at(body, 'params', 'allowSharedKeyAccess')?.text;
        return path.endsWith('storage.bicep') && given !== '!useFlexConsumption' && given !== 'false';
      })
      .map(({ name }) => `${name}: allowSharedKeyAccess must be !useFlexConsumption or false`),
  ),
);

export const settingsAreSecrets: Rule = eachFile((file) =>
  [...file.parameters.values()]
    .filter((parameter) => /settings$/i.test(parameter.name) && !isSecure(parameter))
    .map(({ name }) => `${name} must be @secure(): deployments are recorded with their parameters`),
);

export const vaultByRoles: Rule = all(
  has('Microsoft.KeyVault/vaults', ['properties', 'enableRbacAuthorization'], 'true'),
  has('Microsoft.KeyVault/vaults', ['properties', 'enableSoftDelete'], 'true'),
  eachFile((file) =>
    made(file, 'Microsoft.KeyVault/vaults')
      .filter(({ body }) => at(body, 'properties', 'accessPolicies') !== undefined)
      .map(({ name }) => `${name}: has access policies`),
  ),
);

export const telemetryByEntra: Rule = has(
  'Microsoft.Insights/components',
  ['properties', 'DisableLocalAuth'],
  'true',
);

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

export const leastPrivilege: Rule = eachFile((file) => {
  const assignments = made(file, 'Microsoft.Authorization/roleAssignments');
  const elsewhere =
    file.path === ACCESS ? [] : assignments.map(({ name }) => `${name} belongs into ${ACCESS}`);
  const ids = ofType(file.root, 'string_content').flatMap(({ text }) => text.match(ID) ?? []);
  const unknown = ids.filter((id) => !ROLES.has(id)).map((id) => `${id} is on no list of roles`);
  const unscoped = assignments
    .filter(({ body }) => !file.resources.get(at(body, 'scope')?.text ?? '')?.existing)
    .map(({ name }) => `${name} is not limited to one resource`);
  const unnamed = assignments
    .filter(({ body }) => !file.variables.has(at(body, 'properties', 'roleDefinitionId')?.text ?? ''))
    .map(({ name }) => `${name}: its role must be a variable of this file`);
  return [...elsewhere, ...unknown, ...unscoped, ...unnamed];
});

export const flexSettings: Rule = eachFile((file) => {
  // Settings made beside the plans reach both of them.
  if (file.path === CLASSIC) return [];
  const keys = ofType(file.root, 'object').flatMap((object) => [...properties(object).keys()]);
  const set = keys
    .filter((name) => REFUSED_BY_FLEX.includes(name.toUpperCase()))
    .map((name) => `sets ${name}`);
  if (file.path !== FLEX) return set;
  const version = keys.filter((name) => name === 'linuxFxVersion').map((name) => `sets ${name}`);
  const dropped = file.variables.get('refusedSettings')?.node;
  const names = dropped === undefined ? [] : ofType(dropped, 'string').map((node) => literal(node) ?? '');
  const kept = REFUSED_BY_FLEX.filter((name) => !names.includes(name)).map(
    (name) => `keeps ${name} of an older app`,
  );
  return [...set, ...version, ...kept];
});
