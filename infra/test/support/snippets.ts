/** Templates in miniature, to be broken. */

/** Rule, what is wrong, templates, and words of the complaint. */
export type Broken = readonly [
  rule: string,
  fault: string,
  texts: Readonly<Record<string, string>>,
  words: string,
];

export const site = (properties: string, config: string): string =>
  `resource site 'Microsoft.Web/sites@2024-04-01' = {\n properties: {\n ${properties}\n siteConfig: union({}, {\n ${config}\n })\n }\n}\n`;
export const SAFE_CONFIG = "minTlsVersion: '1.2'\n scmMinTlsVersion: '1.2'\n ftpsState: 'Disabled'";
export const account = (properties: string): string =>
  `resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {\n properties: {\n ${properties}\n }\n}\n`;
export const vault = (properties: string): string =>
  `resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {\n properties: {\n ${properties}\n }\n}\n`;
export const assignment = (body: string): string =>
  `var role = 'x'\nresource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {\n name: 'a'\n}\nresource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n ${body}\n}\n`;
export const WITH_CHILD = { 'modules/child.bicep': 'param a string\noutput b string = a\n' };
export const call = (params: string, rest = ''): Record<string, string> => ({
  ...WITH_CHILD,
  'main.bicep': `module child 'modules/child.bicep' = {\n name: 'child'\n params: {\n ${params}\n }\n}\n${rest}`,
});
export const main = (text: string): Record<string, string> => ({ 'main.bicep': text });
export const flex = (text: string): Record<string, string> => ({ 'modules/functionAppFlex.bicep': text });
