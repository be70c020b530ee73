/** What azd tells its hooks: the outputs of infra/main.bicep, as environment variables. */
import type { DeployContext } from './deployContext.ts';

/** An option if it was given, else the first of the variables that is set. */
export const optionOr = (
  context: DeployContext,
  option: string | undefined,
  ...variables: readonly string[]
): string | undefined =>
  option ??
  variables.map((name) => context.environment[name]).find((value) => value !== undefined && value !== '');

export const SUBSCRIPTION = ['AZURE_SUBSCRIPTION_ID'] as const;
export const RESOURCE_GROUP = ['AZURE_RESOURCE_GROUP', 'resourceGroupName'] as const;
export const FUNCTION_APP = ['AZURE_FUNCTION_NAME', 'functionAppName'] as const;
export const KEY_VAULT = ['AZURE_KEY_VAULT_NAME', 'keyVaultName'] as const;
/** Empty where the deployment has no broker. */
export const BROKER_BASE_URL = ['brokerBaseUrl'] as const;
export const HOST = ['functionAppHostname'] as const;
