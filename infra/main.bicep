// The whole deployment. One module for each concern; `policy.md` says what all of them obey.
targetScope = 'subscription'

@description('Azure region of everything.')
param location string = 'canadacentral'

@description('Resource group; made if it is missing.')
@minLength(1)
@maxLength(90)
param rgName string = 'jmd-discogs'

@description('First part of every name.')
@minLength(2)
@maxLength(21)
param namePrefix string = 'jmd-discogs'

@description('Last part of every name that must be unique in all of Azure (app, vault, storage account), such as `-abc12`. Needed only if the plain name is taken.')
@maxLength(8)
param nameSuffix string = ''

@description('`true`: both secrets are in a Key Vault. `false`: they are app settings, readable by everybody who may read the app\'s settings.')
param enableKeyVault bool = true

@description('`true`: Flex Consumption. `false`: classic Linux Consumption, for owners who have it (ends on 30 September 2028, no Node after 22, needs a storage key).')
param useFlexConsumption bool = true

@description('Node of the app. Ask `az functionapp list-flexconsumption-runtimes` before you choose another; classic Consumption always gets 22.')
@allowed(['22', '24'])
param nodeVersion string = '22'

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logAnalyticsRetentionDays int = 30

@description('Object id that becomes Key Vault Administrator on the vault. Empty: nobody.')
param adminObjectId string = ''

@description('Object id that gets `userRoleDefinitionId` on the vault. Both or none.')
param userObjectId string = ''

@description('Role of `userObjectId`: a GUID, or the full id of a role definition.')
param userRoleDefinitionId string = ''

@description('What `userObjectId` is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param userPrincipalType string = 'User'

@description('The vault cannot be deleted permanently before its 90 days are over. It cannot be switched off again.')
param enablePurgeProtection bool = false

@description('`recover` brings back a soft-deleted vault of the same name, with its secrets.')
@allowed(['default', 'recover'])
param keyVaultCreateMode string = 'default'

@description('Gigabytes of logs a day, after which the workspace stops taking any until the next day. Text, because Bicep has no decimals: `0.5` works.')
param dailyCapGb string = '1'

@description('Memory of an instance (Flex). 512 costs a quarter of 2048, and a waiting proxy is paid for its memory; it comes with less of a processor, so cold starts are slower.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('Calls that one instance handles at once before another starts (Flex). High, because calls wait for Discogs rather than compute, and fewer instances share the 60 calls a minute better.')
@minValue(1)
@maxValue(1000)
param perInstanceConcurrency int = 100

@description('Most instances (Flex). 40 is the least that the platform takes.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that never stop, billed all day (Flex). 0: the first request after an idle time waits for a cold start.')
@minValue(0)
param alwaysReadyInstances int = 0

@description('Refuse every operation that writes to Discogs.')
param readOnly bool = false

@description('Log every request, of its headers only the values of harmless ones. Search words, user names and conversation ids are kept as long as the logs.')
param enableRequestLog bool = false

@description('The vault also has a secret `CLIENT-KEYS`: several clients with a key each.')
param hasClientKeys bool = false

@description('`tables`: all instances share one budget of calls. `memory`: each counts for itself, right only for a single instance.')
@allowed(['memory', 'tables'])
param stateStore string = 'tables'

@description('Also serve the broker (docs/broker-azure.md). The vault then needs four more secrets; the sessions are kept in the account\'s tables, as if `stateStore` were `tables`.')
param enableBroker bool = false

@description('Also let people sign in with their own Discogs account (docs/settings.md). The vault then needs DISCOGS-CONSUMER-KEY, DISCOGS-CONSUMER-SECRET, BROKER-STATE-ENCRYPTION-KEY and SIGN-IN-CLIENTS (`[]` for none); grants are kept in the account\'s tables, as if `stateStore` were `tables`.')
param enableSignIn bool = false

@description('Name of a storage account for the catalogue, which is made with a container `catalogue`: 3 to 24 small letters and digits, unique in all of Azure (docs/catalogue-azure.md). Empty: none.')
@maxLength(24)
param catalogueAccountName string = ''

@description('App settings to keep or add, such as USER_AGENT. A deployment replaces all settings: pass your own ones again at each deployment. The template wins where it sets the same name.')
@secure()
param extraAppSettings object = {}

@description('Origins of web pages whose scripts may call the app, such as `https://example.com`, for the platform\'s CORS and for CORS_ORIGINS (docs/cors.md). None by default: ChatGPT and programs need none.')
param corsAllowedOrigins array = []

@description('Address ranges that may call the app, such as `203.0.113.0/24`. None: everybody with a key. The deployment site stays open, guarded by Entra.')
param allowedIpRanges array = []

@description('An outbound address of your own, by VNet and NAT gateway (Flex only; paid by the hour, used or not). Discogs counts calls by source address, and the platform\'s addresses are shared with other customers.')
param enableStableOutboundAddress bool = false

@description('Host name of your own. Its CNAME and `asuid` TXT records must exist first. Empty: none.')
param customDomain string = ''

@description('Thumbprint of the certificate for `customDomain`. Empty until it is made; without it the name answers no https.')
param customDomainThumbprint string = ''

@description('Money a month at which mails are sent, in the subscription\'s currency. 0: no budget. Needs `budgetContactEmails`. It only warns.')
@minValue(0)
param monthlyBudgetAmount int = 0

@description('Addresses that receive the mails of the budget.')
param budgetContactEmails array = []

@description('First day of the month in which the budget begins. Give the first deployment\'s value again when you deploy in a later month.')
param budgetStartDate string = utcNow('yyyy-MM-01')

@description('Address that receives alerts. Empty: alerts show in the portal only.')
param alertEmail string = ''

@description('Alert rules on errors, 429 and secrets; each rule costs money.')
param enableAlerts bool = true

@description('Also alert when there are no requests any more. For apps that are used every day.')
param expectTraffic bool = false

@description('Name of the service in `azure.yaml`; azd finds the app by it.')
param azdServiceName string = 'api'

@description('Name of the azd environment. Empty without azd.')
param environmentName string = ''

var tags = union({ project: 'DiscogsAgent' }, empty(environmentName) ? {} : { 'azd-env-name': environmentName })
var suffixText = toLower(replace(nameSuffix, '-', ''))
var prefixText = toLower(replace(namePrefix, '-', ''))
// 24 characters at most for both; the suffix is what makes the name unique, so the prefix gives way.
var storageAccountName = '${take(prefixText, 22 - length(suffixText))}sa${suffixText}'
var keyVaultName = '${take(namePrefix, 21 - length(nameSuffix))}-kv${nameSuffix}'
var functionAppName = '${namePrefix}-func${nameSuffix}'
// Sessions must outlive an instance, and be known to all of them.
var usedStateStore = enableBroker || enableSignIn ? 'tables' : stateStore
var hasCatalogue = !empty(catalogueAccountName)
var fixedAddress = enableStableOutboundAddress && useFlexConsumption

resource rg 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: rgName
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: rg
  params: {
    name: '${namePrefix}-id'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: rg
  params: {
    name: storageAccountName
    location: location
    tags: tags
    allowSharedKeyAccess: !useFlexConsumption
    containerName: 'app-package'
  }
}

// Apart from the app's account: there the app may write, and whoever uploads would see its package.
module catalogue 'modules/storage.bicep' = if (hasCatalogue) {
  name: 'catalogue'
  scope: rg
  params: {
    name: catalogueAccountName
    location: location
    tags: tags
    allowSharedKeyAccess: false
    containerName: 'catalogue'
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: rg
  params: {
    workspaceName: '${namePrefix}-laws'
    appInsightsName: '${namePrefix}-appi'
    location: location
    tags: tags
    retentionDays: logAnalyticsRetentionDays
    dailyCapGb: dailyCapGb
  }
}

module keyVault 'modules/keyVault.bicep' = if (enableKeyVault) {
  name: 'keyVault'
  scope: rg
  params: {
    name: keyVaultName
    location: location
    tags: tags
    enablePurgeProtection: enablePurgeProtection
    createMode: keyVaultCreateMode
  }
}

module access 'modules/access.bicep' = {
  name: 'access'
  scope: rg
  params: {
    principalId: identity.outputs.principalId
    storageAccountName: storage.outputs.name
    appInsightsName: monitoring.outputs.appInsightsName
    keyVaultName: enableKeyVault ? keyVault!.outputs.name : ''
    grantTables: usedStateStore == 'tables'
    catalogueAccountName: hasCatalogue ? catalogue!.outputs.name : ''
    adminObjectId: adminObjectId
    userObjectId: userObjectId
    userRoleDefinitionId: userRoleDefinitionId
    userPrincipalType: userPrincipalType
  }
}

module network 'modules/network.bicep' = if (fixedAddress) {
  name: 'network'
  scope: rg
  params: {
    namePrefix: namePrefix
    location: location
    tags: tags
  }
}

// Roles first: the platform reads the references when the app starts, and repeats a failure only hours later.
module functionApp 'modules/functionApp.bicep' = {
  name: 'functionApp'
  scope: rg
  params: {
    name: functionAppName
    planName: '${namePrefix}-asp'
    location: location
    tags: union(tags, { 'azd-service-name': azdServiceName })
    useFlexConsumption: useFlexConsumption
    nodeVersion: nodeVersion
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    deploymentContainerName: storage.outputs.containerName
    appInsightsConnectionString: monitoring.outputs.connectionString
    keyVaultUri: enableKeyVault ? keyVault!.outputs.uri : ''
    hasClientKeys: hasClientKeys
    stateStore: usedStateStore
    enableBroker: enableBroker
    enableSignIn: enableSignIn
    catalogueStore: hasCatalogue ? catalogue!.outputs.containerUri : ''
    readOnly: readOnly
    enableRequestLog: enableRequestLog
    extraAppSettings: extraAppSettings
    corsAllowedOrigins: corsAllowedOrigins
    allowedIpRanges: allowedIpRanges
    subnetId: fixedAddress ? network!.outputs.subnetId : ''
    instanceMemoryMB: instanceMemoryMB
    perInstanceConcurrency: perInstanceConcurrency
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
  }
  dependsOn: [access]
}

module domain 'modules/customDomain.bicep' = if (!empty(customDomain)) {
  name: 'customDomain'
  scope: rg
  params: {
    functionAppName: functionApp.outputs.name
    hostName: customDomain
    thumbprint: customDomainThumbprint
  }
}

module dashboard 'modules/dashboard.bicep' = {
  name: 'dashboard'
  scope: rg
  params: {
    location: location
    tags: tags
    appInsightsId: monitoring.outputs.appInsightsId
    displayName: 'DiscogsAgent (${functionAppName})'
  }
}

module alerts 'modules/alerts.bicep' = if (enableAlerts) {
  name: 'alerts'
  scope: rg
  params: {
    namePrefix: namePrefix
    location: location
    tags: tags
    appInsightsId: monitoring.outputs.appInsightsId
    alertEmail: alertEmail
    expectTraffic: expectTraffic
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudgetAmount > 0 && !empty(budgetContactEmails)) {
  name: 'budget'
  scope: rg
  params: {
    name: '${namePrefix}-budget'
    amount: monthlyBudgetAmount
    contactEmails: budgetContactEmails
    startDate: budgetStartDate
  }
}

@description('Resource group of everything.')
output resourceGroupName string = rg.name

@description('Name of the Function App.')
output functionAppName string = functionApp.outputs.name

@description('Host name as the platform gave it; it may contain a hash and a region.')
output functionAppHostname string = functionApp.outputs.hostName

@description('Where telemetry goes. No secret: ingestion takes Entra tokens only.')
output appInsightsConnectionString string = monitoring.outputs.connectionString

@description('Name of the vault; empty without one.')
output keyVaultName string = enableKeyVault ? keyVault!.outputs.name : ''

@description('Address of the vault; empty without one.')
output keyVaultUri string = enableKeyVault ? keyVault!.outputs.uri : ''

@description('Address, not value, of the Discogs token; empty without a vault.')
output discogsTokenSecretUri string = enableKeyVault ? '${keyVault!.outputs.uri}secrets/DISCOGS-TOKEN' : ''

@description('Address, not value, of the client key; empty without a vault.')
output clientApiKeySecretUri string = enableKeyVault ? '${keyVault!.outputs.uri}secrets/X-API-KEY' : ''

@description('Where apps reach the broker: their base address. Empty without it.')
output brokerBaseUrl string = enableBroker ? 'https://${functionApp.outputs.hostName}/api' : ''

@description('Storage account of the app.')
output storageAccountName string = storage.outputs.name

@description('Container that holds the deployed package (Flex).')
output deploymentContainerName string = storage.outputs.containerName

@description('Where the catalogue is uploaded to; empty without one.')
output catalogueContainerUri string = hasCatalogue ? catalogue!.outputs.containerUri : ''

@description('Address that Discogs sees; empty while it is not fixed.')
output outboundIpAddress string = fixedAddress ? network!.outputs.publicIpAddress : ''

// azd copies outputs into its environment under these names, and its hooks read them.
@description('For azd: where it looks for the app.')
output AZURE_RESOURCE_GROUP string = rg.name

@description('For azd: the region of the environment.')
output AZURE_LOCATION string = location

@description('For azd: the app that the service `api` became.')
output AZURE_FUNCTION_NAME string = functionApp.outputs.name

@description('For azd: the vault that the secrets hook writes to.')
output AZURE_KEY_VAULT_NAME string = enableKeyVault ? keyVault!.outputs.name : ''
