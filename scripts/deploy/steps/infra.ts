/** The Bicep deployment: validated, previewed, run. */
import { z } from 'zod';
import { az, azText } from '../az/az.ts';
import { done, type Outcome } from '../outcome.ts';
import { type Parameters, parametersDocument, templatePath } from '../parameters.ts';
import type { World } from '../world.ts';

/** Which deployment, with what. */
export interface Infra {
  readonly subscriptionId: string;
  readonly location: string;
  readonly deploymentName: string;
  readonly parameters: Parameters;
}

const LONGEST_DEPLOYMENT_NAME = 64;
/** A first deployment takes some minutes; Key Vault and role assignments can be slow. */
const DEPLOY_TIMEOUT_SECONDS = 45 * 60;
const CHECK_TIMEOUT_SECONDS = 10 * 60;

/** One name per place: a deployment of the same name may not move to another region. */
export const deploymentNameOf = (resourceGroup: string, location: string): string =>
  `discogs-agent-${location}-${resourceGroup}`.replace(/[^\w.()-]/g, '-').slice(0, LONGEST_DEPLOYMENT_NAME);

const outputs = z.object({
  properties: z.object({
    outputs: z.object({
      functionAppName: z.object({ value: z.string() }),
      functionAppHostname: z.object({ value: z.string() }),
      keyVaultName: z.object({ value: z.string() }),
      brokerBaseUrl: z.object({ value: z.string() }),
    }),
  }),
});

/** What later steps need of the outputs. */
export interface Deployed {
  readonly app: string;
  readonly hostname: string;
  /** Absent without Key Vault. */
  readonly vault: string | undefined;
  /** Absent without the broker. */
  readonly brokerBaseUrl: string | undefined;
}

const shown = z.object({
  properties: z.object({
    parameters: z.record(z.string(), z.object({ value: z.unknown().optional() })).nullish(),
  }),
});

/** The parameters of the last deployment of that name, without those that Azure keeps secret. */
export async function previousParameters(
  world: World,
  subscriptionId: string,
  deploymentName: string,
): Promise<Outcome<Parameters>> {
  const found = await az(
    world,
    {
      doing: 'reading the last deployment',
      args: ['deployment', 'sub', 'show', '--name', deploymentName, '--subscription', subscriptionId],
    },
    shown,
  );
  if (!found.ok) return found.failure.kind === 'not_found' ? done({}) : found;
  const all = Object.entries(found.value.properties.parameters ?? {});
  return done(Object.fromEntries(all.flatMap(([name, { value }]) => (value == null ? [] : [[name, value]]))));
}

type Verb = 'validate' | 'what-if' | 'create';

/** The parameters hold the settings that are passed on, so they are treated as a secret. */
const deploymentCall = (world: World, infra: Infra, verb: Verb) => ({
  args: [
    ...['deployment', 'sub', verb, '--name', infra.deploymentName, '--location', infra.location],
    ...['--subscription', infra.subscriptionId, '--template-file', templatePath(world.root)],
    ...['--parameters', '@-', '--no-prompt', 'true'],
  ],
  input: parametersDocument(infra.parameters),
});

/** Asks Azure whether it would take the deployment: template, policies, quota. Changes nothing. */
export async function validateInfra(world: World, infra: Infra): Promise<Outcome<void>> {
  const found = await azText(world, {
    ...deploymentCall(world, infra, 'validate'),
    doing: 'checking the template',
    timeoutSeconds: CHECK_TIMEOUT_SECONDS,
  });
  return found.ok ? done(undefined) : found;
}

/** Prints what would change. */
export async function previewInfra(world: World, infra: Infra): Promise<Outcome<void>> {
  const { args, input } = deploymentCall(world, infra, 'what-if');
  const found = await azText(world, {
    doing: 'previewing the changes',
    // az prints the list for people by itself; what the format would add is the same once more.
    args: [...args, '--output', 'none'],
    input,
    timeoutSeconds: CHECK_TIMEOUT_SECONDS,
  });
  if (!found.ok) return found;
  world.say(found.value.trimEnd());
  return done(undefined);
}

export async function deployInfra(world: World, infra: Infra): Promise<Outcome<Deployed>> {
  world.say('Creating or updating the resources (several minutes)');
  const call = deploymentCall(world, infra, 'create');
  const found = await az(
    world,
    { ...call, doing: 'creating the resources', timeoutSeconds: DEPLOY_TIMEOUT_SECONDS },
    outputs,
  );
  if (!found.ok) return found;
  const { functionAppName, functionAppHostname, keyVaultName, brokerBaseUrl } =
    found.value.properties.outputs;
  return done({
    app: functionAppName.value,
    hostname: functionAppHostname.value,
    vault: keyVaultName.value || undefined,
    brokerBaseUrl: brokerBaseUrl.value || undefined,
  });
}
