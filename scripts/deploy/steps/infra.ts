/** The Bicep deployment: validated, previewed, run. */
import { z } from 'zod';
import { az, azText } from '../az/az.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, type Outcome } from '../outcome.ts';
import { type Parameters, parametersDocument, templatePath } from '../parameters.ts';

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
  context: DeployContext,
  subscriptionId: string,
  deploymentName: string,
): Promise<Outcome<Parameters>> {
  const found = await az(
    context,
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
const deploymentCall = (context: DeployContext, infra: Infra, verb: Verb) => ({
  args: [
    ...['deployment', 'sub', verb, '--name', infra.deploymentName, '--location', infra.location],
    ...['--subscription', infra.subscriptionId, '--template-file', templatePath(context.root)],
    ...['--parameters', '@-', '--no-prompt', 'true'],
  ],
  input: parametersDocument(infra.parameters),
});

/** Asks Azure whether it would take the deployment: template, policies, quota. Changes nothing. */
export async function validateInfra(context: DeployContext, infra: Infra): Promise<Outcome<void>> {
  const found = await azText(context, {
    ...deploymentCall(context, infra, 'validate'),
    doing: 'checking the template',
    timeoutSeconds: CHECK_TIMEOUT_SECONDS,
  });
  return found.ok ? done(undefined) : found;
}

/** Prints what would change. */
export async function previewInfra(context: DeployContext, infra: Infra): Promise<Outcome<void>> {
  const { args, input } = deploymentCall(context, infra, 'what-if');
  const found = await azText(context, {
    doing: 'previewing the changes',
    // az prints the list for people by itself; what the format would add is the same once more.
    args: [...args, '--output', 'none'],
    input,
    timeoutSeconds: CHECK_TIMEOUT_SECONDS,
  });
  if (!found.ok) return found;
  context.say(found.value.trimEnd());
  return done(undefined);
}

export async function deployInfra(context: DeployContext, infra: Infra): Promise<Outcome<Deployed>> {
  context.say('Creating or updating the resources (several minutes)');
  const call = deploymentCall(context, infra, 'create');
  const found = await az(
    context,
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
