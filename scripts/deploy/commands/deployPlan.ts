/** Everything that is read and decided before anything changes. */

import type { DeployContext } from '../deployContext.ts';
import type { Names } from '../names.ts';
import type { OptionsOf } from '../options.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import {
  type Computed,
  composeParameters,
  declaredParameters,
  type Parameters,
  readParameter,
} from '../parameters.ts';
import { givenSecrets, type SecretsToWrite } from '../secrets.ts';
import { checkLogin, type Login } from '../steps/checkLogin.ts';
import { checkPermissions } from '../steps/checkPermissions.ts';
import { checkSecrets, secretsInSettings, secretsInVault } from '../steps/checkSecrets.ts';
import { chooseNames } from '../steps/chooseNames.ts';
import { chooseRuntime } from '../steps/chooseRuntime.ts';
import { checkZip } from '../steps/deployCode.ts';
import { deploymentNameOf, type Infra, previousParameters, validateInfra } from '../steps/infra.ts';
import type { DeployTarget } from '../steps/nameStates.ts';
import { checkPlan } from '../steps/readApp.ts';
import { APP, find, type Resource, readInventory, VAULT } from '../steps/readInventory.ts';
import { readSettings, type Settings, settingsToKeep } from '../steps/readSettings.ts';
import { settleSecrets } from '../steps/serviceSecrets.ts';

/** What will be done. */
export interface Plan {
  readonly login: Login;
  readonly resourceGroup: string;
  readonly infra: Infra;
  readonly secrets: SecretsToWrite;
  readonly zip: string | undefined;
}

type Deploy = OptionsOf<'deploy'>;

/** Parameters that the options name, by the names of infra/main.bicep; what was not said is left out. */
export function chosenParameters(
  options: Deploy,
  declared: ReadonlyMap<string, string>,
): Outcome<Parameters> {
  const said: Record<string, unknown> = {
    useFlexConsumption: options['use-flex-consumption'],
    enableKeyVault: options['enable-key-vault'],
    readOnly: options['read-only'],
    enableRequestLog: options['enable-request-log'],
    stateStore: options['state-store'],
    enableBroker: options['enable-broker'],
    enableSignIn: options['enable-sign-in'],
    alertEmail: options['alert-email'],
    enableStableOutboundAddress: options['enable-stable-outbound-address'],
  };
  for (const text of options.parameter ?? []) {
    const parameter = readParameter(text, declared);
    if ('problem' in parameter) return failed({ kind: 'usage', problem: parameter.problem });
    said[parameter.name] = parameter.value;
  }
  return done(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)));
}

/** Parameters this program decides; naming them with --parameter would contradict what it checked. */
const COMPUTED = [
  ...['location', 'rgName', 'namePrefix', 'nameSuffix', 'nodeVersion'],
  ...['keyVaultCreateMode', 'hasClientKeys'],
];

function refuseComputed(chosen: Parameters): Outcome<void> {
  const name = Object.keys(chosen).find((chosenName) => COMPUTED.includes(chosenName));
  if (name === undefined) return done(undefined);
  const problem = `--parameter ${name}: there is an option for it, or it is decided for you.`;
  return failed({ kind: 'usage', problem });
}

/** READ_ONLY set by hand must survive: losing it would open writing to the owner's account. */
const keptReadOnly = (settings: Settings): Parameters =>
  settings['READ_ONLY']?.toLowerCase() === 'true' ? { readOnly: true } : {};

interface Existing {
  readonly settings: Settings;
  /** Secrets that Azure has. */
  readonly present: readonly string[];
}

/** What is there of this deployment. An app on another plan ends the run. */
async function readExisting(
  context: DeployContext,
  target: DeployTarget,
  inventory: readonly Resource[],
  names: Names,
  useFlexConsumption: boolean,
): Promise<Outcome<Existing>> {
  const app = { ...target, app: names.app };
  let settings: Settings = {};
  if (find(inventory, APP, names.app)) {
    const plan = await checkPlan(context, app, useFlexConsumption);
    if (!plan.ok) return plan;
    const read = await readSettings(context, app);
    if (!read.ok) return read;
    settings = read.value;
  }
  if (!target.enableKeyVault) return done({ settings, present: secretsInSettings(settings) });
  const vault = find(inventory, VAULT, names.vault);
  if (!vault) return done({ settings, present: [] });
  const present = await secretsInVault(context, vault.id);
  return present.ok ? done({ settings, present: present.value }) : present;
}

/** Reads, checks, asks Azure to validate. Changes nothing. */
export async function planDeployment(context: DeployContext, options: Deploy): Promise<Outcome<Plan>> {
  const { location, 'resource-group': resourceGroup, 'name-prefix': namePrefix } = options;
  const secrets = givenSecrets(context);
  if (!secrets.ok) return secrets;
  const zip = await checkZip(options['zip-path']);
  if (!zip.ok) return zip;
  const declared = await declaredParameters(context.root);
  const chosen = chosenParameters(options, declared);
  if (!chosen.ok) return chosen;
  const allowed = refuseComputed(chosen.value);
  if (!allowed.ok) return allowed;

  const login = await checkLogin(context, options['subscription-id'], options['principal-id']);
  if (!login.ok) return login;
  const { subscriptionId } = login.value;
  const permissions = await checkPermissions(context, login.value);
  if (!permissions.ok) return permissions;

  const deploymentName = deploymentNameOf(resourceGroup, location);
  const last = await previousParameters(context, subscriptionId, deploymentName);
  if (!last.ok) return last;
  const previous = Object.fromEntries(Object.entries(last.value).filter(([name]) => declared.has(name)));
  const choice = (name: string, standard = true): boolean =>
    (chosen.value[name] ?? previous[name] ?? standard) === true;
  const useFlexConsumption = choice('useFlexConsumption');
  const enableKeyVault = choice('enableKeyVault');

  const nodeVersion = await chooseRuntime(context, {
    subscriptionId,
    location,
    useFlexConsumption,
    nodeVersion: options['node-version'],
  });
  if (!nodeVersion.ok) return nodeVersion;
  const inventory = await readInventory(context, subscriptionId, resourceGroup);
  if (!inventory.ok) return inventory;
  const target: DeployTarget = { subscriptionId, resourceGroup, location, enableKeyVault };
  const names = await chooseNames(context, target, inventory.value, namePrefix, options['name-suffix']);
  if (!names.ok) return names;

  const existing = await readExisting(context, target, inventory.value, names.value, useFlexConsumption);
  if (!existing.ok) return existing;
  const { settings, present } = existing.value;
  const services = {
    enableBroker: choice('enableBroker', false),
    enableSignIn: choice('enableSignIn', false),
  };
  const settled = settleSecrets({ services, enableKeyVault, given: secrets.value, present, settings });
  if (!settled.ok) return settled;
  const facts = checkSecrets(settled.value, present, services);
  if (!facts.ok) return facts;

  const computed: Computed = {
    location,
    rgName: resourceGroup,
    namePrefix,
    names: names.value,
    nodeVersion: nodeVersion.value,
    hasClientKeys: facts.value.hasClientKeys,
    extraAppSettings: settingsToKeep(settings),
  };
  const infra: Infra = {
    subscriptionId,
    location,
    deploymentName,
    parameters: composeParameters({
      previous,
      computed,
      chosen: { ...keptReadOnly(settings), ...chosen.value },
    }),
  };
  context.say('Asking Azure whether it would take the deployment');
  const valid = await validateInfra(context, infra);
  if (!valid.ok) return valid;
  return done({ login: login.value, resourceGroup, infra, secrets: facts.value, zip: zip.value });
}
