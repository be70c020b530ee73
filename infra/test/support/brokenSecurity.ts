/** Templates that a reviewer would refuse. */
import { account, assignment, type Broken, flex, main, SAFE_CONFIG, site, vault } from './snippets.ts';

export const BROKEN_SECURITY: readonly Broken[] = [
  [
    'noSecretOutputs',
    'an output lists keys',
    main('output a string = account.listKeys().keys[0].value\n'),
    'output a',
  ],
  [
    'noSecretOutputs',
    'an output is a secure parameter',
    main('@secure()\nparam p object\noutput a object = p\n'),
    'output a',
  ],
  [
    'noSecretOutputs',
    'an output hides one in a variable',
    main('@secure()\nparam p object\nvar q = union(p, {})\noutput a object = q\n'),
    'output a',
  ],
  [
    'noSecretOutputs',
    'a variable lists keys',
    main(`var k = listKeys('x', 'y').key1\noutput a string = 'key \${k}'\n`),
    'output a',
  ],
  ['keysOnlyOnClassic', 'Flex lists keys', flex('var a = account.listKeys()\n'), 'uses a key'],
  ['keysOnlyOnClassic', 'Flex lists keys by function', flex("var a = listKeys('x', 'y')\n"), 'uses a key'],
  [
    'keysOnlyOnClassic',
    'a connection string has a key',
    main(`var a = 'AccountName=x;AccountKey=\${1}'\n`),
    'uses a key',
  ],
  ['httpsOnly', 'a site answers http', main(site('httpsOnly: false', SAFE_CONFIG)), 'httpsOnly'],
  ['httpsOnly', 'a site says nothing of https', main(site('', SAFE_CONFIG)), 'httpsOnly'],
  ['httpsOnly', 'an account answers http', main(account('supportsHttpsTrafficOnly: false')), 'supportsHttps'],
  ['modernTls', 'a site takes TLS 1.0', main(site('', SAFE_CONFIG.replace('1.2', '1.0'))), 'minTlsVersion'],
  [
    'modernTls',
    'the deployment site says nothing',
    main(site('', "minTlsVersion: '1.2'")),
    'scmMinTlsVersion',
  ],
  ['modernTls', 'an account takes TLS 1.0', main(account("minimumTlsVersion: 'TLS1_0'")), 'TLS1_2'],
  ['noPasswordsToDeploy', 'FTP is on', main(site('', "ftpsState: 'FtpsOnly'")), 'ftpsState'],
  [
    'noPasswordsToDeploy',
    'nothing is said of basic credentials',
    main(site('', SAFE_CONFIG)),
    'no policy for scm',
  ],
  [
    'noPasswordsToDeploy',
    'basic credentials are on',
    main(
      "resource ftp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {\n name: 'ftp'\n properties: {\n allow: true\n }\n}\n",
    ),
    'properties.allow',
  ],
  [
    'closedStorage',
    'blobs are public',
    main(account('allowBlobPublicAccess: true')),
    'allowBlobPublicAccess',
  ],
  [
    'sharedKeysOnlyOnClassic',
    'the account always takes keys',
    main("module storage 'modules/storage.bicep' = {\n params: {\n allowSharedKeyAccess: true\n }\n}\n"),
    'allowSharedKeyAccess',
  ],
  ['vaultByRoles', 'a vault has no RBAC', main(vault('enableSoftDelete: true')), 'enableRbacAuthorization'],
  [
    'vaultByRoles',
    'soft delete is off',
    main(vault('enableRbacAuthorization: true\n enableSoftDelete: false')),
    'SoftDelete',
  ],
  [
    'vaultByRoles',
    'a vault has policies',
    main(vault('enableRbacAuthorization: true\n enableSoftDelete: true\n accessPolicies: []')),
    'access policies',
  ],
  [
    'telemetryByEntra',
    'a leaked connection string is enough',
    main(
      "resource i 'Microsoft.Insights/components@2020-02-02' = {\n properties: {\n DisableLocalAuth: false\n }\n}\n",
    ),
    'DisableLocalAuth',
  ],
  [
    'leastPrivilege',
    'a role is given elsewhere',
    main(assignment('scope: account\n properties: { roleDefinitionId: role }')),
    'belongs into',
  ],
  [
    'leastPrivilege',
    'somebody becomes Owner',
    { 'modules/access.bicep': "var r = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'\n" },
    'on no list',
  ],
  [
    'leastPrivilege',
    'a role holds for the whole group',
    { 'modules/access.bicep': assignment('properties: { roleDefinitionId: role }') },
    'limited',
  ],
  [
    'leastPrivilege',
    'a role comes from outside',
    { 'modules/access.bicep': assignment('scope: account\n properties: { roleDefinitionId: given }') },
    'variable',
  ],
  [
    'flexSettings',
    'the runtime is a setting',
    flex("var refusedSettings = []\nvar s = {\n FUNCTIONS_WORKER_RUNTIME: 'node'\n}\n"),
    'sets FUNCTIONS_WORKER_RUNTIME',
  ],
  [
    'flexSettings',
    'a shared setting is one that Flex refuses',
    { 'modules/functionApp.bicep': "var s = {\n WEBSITE_RUN_FROM_PACKAGE: '1'\n}\n" },
    'sets WEBSITE_RUN',
  ],
  [
    'flexSettings',
    'the runtime is set twice',
    flex("var s = {\n linuxFxVersion: 'Node|22'\n}\n"),
    'sets linuxFxVersion',
  ],
  [
    'flexSettings',
    'an older setting is kept',
    flex("var refusedSettings = ['AzureWebJobsStorage']\n"),
    'keeps WEBSITE_CONTENTSHARE',
  ],
];
