/** The last words of a successful deployment. */
import { VAULT_NAMES } from './secretNames.ts';

export interface SummaryFacts {
  readonly baseUrl: string;
  readonly app: string;
  readonly resourceGroup: string;
  readonly vault: string | undefined;
  /** Absent without the broker. */
  readonly brokerBaseUrl: string | undefined;
  readonly openApiPath: string;
}

/** Where apps reach the broker, and where their token is read. Never the token itself. */
function brokerLines({ brokerBaseUrl, vault, app }: SummaryFacts): readonly string[] {
  if (brokerBaseUrl === undefined) return [];
  const token = vault
    ? `az keyvault secret show --vault-name ${vault} --name ${VAULT_NAMES['BROKER_CLIENT_TOKEN']} --query value -o tsv`
    : `app setting BROKER_CLIENT_TOKEN of ${app}`;
  return [`Broker    ${brokerBaseUrl}`, `Its token ${token}`];
}

/** Where everything is, and what to do with ChatGPT. Never the key itself. */
export function summary(facts: SummaryFacts): readonly string[] {
  const { baseUrl, app, resourceGroup, vault, openApiPath } = facts;
  const key = vault
    ? `secret X-API-KEY of vault ${vault} (reading it takes the role Key Vault Secrets User)`
    : `app setting X_API_KEY of ${app}`;
  return [
    '',
    'DiscogsAgent is deployed.',
    `Address   ${baseUrl}`,
    `App       ${app} in resource group ${resourceGroup}`,
    `Key       ${key}`,
    `OpenAPI   ${openApiPath}`,
    `MCP       ${baseUrl}/mcp (docs/mcp.md)`,
    ...brokerLines(facts),
    '',
    'In ChatGPT, where it still offers GPTs (docs/gpt-action.md): make a GPT, Configure, Create new action, import ' +
      `${baseUrl}/gpt/openapi.json.`,
    'Authentication: API Key, Auth Type "Custom", header name x-api-key, and your client key as API Key.',
    `Status    ${baseUrl}/status/page (asks for the key)`,
  ];
}
