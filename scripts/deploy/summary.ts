/** The last words of a successful deployment. */

export interface SummaryFacts {
  readonly baseUrl: string;
  readonly app: string;
  readonly resourceGroup: string;
  readonly vault: string | undefined;
  readonly openApiPath: string;
}

/** Where everything is, and what to do with ChatGPT. Never the key itself. */
export function summary({
  baseUrl,
  app,
  resourceGroup,
  vault,
  openApiPath,
}: SummaryFacts): readonly string[] {
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
    '',
    'In ChatGPT: make a GPT, Configure, Create new action, paste the OpenAPI file into "Schema".',
    'Authentication: API Key, Auth Type "Custom", header name x-api-key, and your client key as API Key.',
    `Status    ${baseUrl}/status/page (asks for the key)`,
  ];
}
