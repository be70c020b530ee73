// What both plans share: the settings that the app reads, and what the site lets in.

@description('Name of the app.')
param name string

@description('Name of its plan.')
param planName string

@description('Azure region.')
param location string

@description('Tags of the site.')
param tags object

@description('Flex Consumption, or classic.')
param useFlexConsumption bool

@description('Major version of Node (Flex).')
param nodeVersion string

@description('Resource id of the app\'s identity.')
param identityId string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Account for the host, the package and the shared state.')
param storageAccountName string

@description('Container of the package (Flex).')
param deploymentContainerName string

@description('Where telemetry goes.')
param appInsightsConnectionString string

@description('Vault with the secrets; empty without one.')
param keyVaultUri string

@description('The vault has `CLIENT-KEYS`.')
param hasClientKeys bool

@description('`memory` or `tables`.')
param stateStore string

@description('Serve the broker.')
param enableBroker bool

@description('Let people sign in.')
param enableSignIn bool

@description('Address of the container with the catalogue; empty without one.')
param catalogueStore string

@description('Refuse what writes to Discogs.')
param readOnly bool

@description('Log every request.')
param enableRequestLog bool

@description('Settings to keep or add.')
@secure()
param extraAppSettings object

@description('Origins for the platform\'s CORS, and for the app, which names the headers that a page may read.')
param corsAllowedOrigins array

@description('Ranges that may call; none: everybody.')
param allowedIpRanges array

@description('Subnet to send from (Flex); empty: none.')
param subnetId string

@description('Memory of an instance (Flex).')
param instanceMemoryMB int

@description('Calls at once for each instance (Flex).')
param perInstanceConcurrency int

@description('Most instances (Flex).')
param maximumInstanceCount int

@description('Instances that never stop (Flex).')
param alwaysReadyInstances int

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccountName
}

// The names are those of az-function/src/environment.ts.
var vaultSettings = empty(keyVaultUri) ? {} : union(
  {
    KEY_VAULT_URI: keyVaultUri
    DISCOGS_TOKEN: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/DISCOGS-TOKEN)'
    X_API_KEY: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/X-API-KEY)'
  },
  hasClientKeys ? { CLIENT_KEYS: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/CLIENT-KEYS)' } : {}
)
// Without a vault they are among the kept settings.
var consumerSettings = (enableBroker || enableSignIn) && !empty(keyVaultUri) ? {
  DISCOGS_CONSUMER_KEY: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/DISCOGS-CONSUMER-KEY)'
  DISCOGS_CONSUMER_SECRET: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/DISCOGS-CONSUMER-SECRET)'
  BROKER_STATE_ENCRYPTION_KEY: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/BROKER-STATE-ENCRYPTION-KEY)'
} : {}
var brokerSettings = enableBroker && !empty(keyVaultUri) ? {
  BROKER_CLIENT_TOKEN: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/BROKER-CLIENT-TOKEN)'
} : {}
var signInSettings = enableSignIn && !empty(keyVaultUri) ? {
  SIGN_IN_CLIENTS: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/SIGN-IN-CLIENTS)'
} : {}
var stateSettings = stateStore == 'tables' ? { STATE_TABLES_URI: account.properties.primaryEndpoints.table } : {}
var catalogueSettings = empty(catalogueStore) ? {} : { CATALOGUE_STORE: catalogueStore }
var appSettings = union(
  extraAppSettings,
  {
    APPLICATIONINSIGHTS_CONNECTION_STRING: appInsightsConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    AZURE_CLIENT_ID: identityClientId
    STATE_STORE: stateStore
    BROKER_ENABLED: toLower(string(enableBroker))
    SIGN_IN: toLower(string(enableSignIn))
    READ_ONLY: toLower(string(readOnly))
    DEBUG_REQUEST_LOG: toLower(string(enableRequestLog))
    CORS_ORIGINS: join(corsAllowedOrigins, ',')
    OUTBOUND_MODE: empty(subnetId) ? 'shared' : 'fixed'
  },
  vaultSettings,
  consumerSettings,
  brokerSettings,
  signInSettings,
  stateSettings,
  catalogueSettings
)
var ipSecurityRestrictions = [for (cidr, i) in allowedIpRanges: {
  name: 'allowed-${i}'
  ipAddress: cidr
  action: 'Allow'
  priority: 100 + i
}]
var siteAccess = {
  cors: {
    allowedOrigins: corsAllowedOrigins
  }
  ipSecurityRestrictions: ipSecurityRestrictions
  ipSecurityRestrictionsDefaultAction: empty(allowedIpRanges) ? 'Allow' : 'Deny'
}

module flex 'functionAppFlex.bicep' = if (useFlexConsumption) {
  name: 'functionAppFlex'
  params: {
    name: name
    planName: planName
    location: location
    tags: tags
    nodeVersion: nodeVersion
    identityId: identityId
    identityClientId: identityClientId
    storageAccountName: account.name
    deploymentContainerName: deploymentContainerName
    appSettings: appSettings
    siteAccess: siteAccess
    subnetId: subnetId
    instanceMemoryMB: instanceMemoryMB
    perInstanceConcurrency: perInstanceConcurrency
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
  }
}

module classic 'functionAppClassic.bicep' = if (!useFlexConsumption) {
  name: 'functionAppClassic'
  params: {
    name: name
    planName: planName
    location: location
    tags: tags
    identityId: identityId
    storageAccountName: account.name
    appSettings: appSettings
    siteAccess: siteAccess
  }
}

@description('Name of the app.')
output name string = useFlexConsumption ? flex!.outputs.name : classic!.outputs.name

@description('Host name as the platform gave it.')
output hostName string = useFlexConsumption ? flex!.outputs.hostName : classic!.outputs.hostName
