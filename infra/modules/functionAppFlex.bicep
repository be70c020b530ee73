@description('Name of the app.')
param name string

@description('Name of its plan; Flex takes one app for each.')
param planName string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Major version of Node.')
param nodeVersion string

@description('Resource id of the app\'s identity.')
param identityId string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Account for the host and the package.')
param storageAccountName string

@description('Container of the package.')
param deploymentContainerName string

@description('Settings of the app.')
@secure()
param appSettings object

@description('CORS and address rules.')
param siteAccess object

@description('Subnet to send from; empty: none.')
param subnetId string

@description('Memory of an instance.')
param instanceMemoryMB int

@description('Calls at once for each instance.')
param perInstanceConcurrency int

@description('Most instances.')
param maximumInstanceCount int

@description('Instances that never stop.')
param alwaysReadyInstances int

// Settings kept from an older app that Flex refuses, ignores or is broken by, in capitals because names of settings have
// no case; AzureWebJobsStorage would hide the identity from the host. The Azure CLI leaves out the same when it migrates
// an app: https://learn.microsoft.com/azure/azure-functions/functions-app-settings#flex-consumption-plan-deprecations
var refusedSettings = [
  'AZUREWEBJOBSDASHBOARD'
  'AZUREWEBJOBSSTORAGE'
  'ENABLE_ORYX_BUILD'
  'FUNCTIONS_EXTENSION_VERSION'
  'FUNCTIONS_MAX_HTTP_CONCURRENCY'
  'FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED'
  'FUNCTIONS_WORKER_PROCESS_COUNT'
  'FUNCTIONS_WORKER_RUNTIME'
  'FUNCTIONS_WORKER_RUNTIME_VERSION'
  'SCM_DO_BUILD_DURING_DEPLOYMENT'
  'WEBSITE_CONTENTAZUREFILECONNECTIONSTRING'
  'WEBSITE_CONTENTOVERVNET'
  'WEBSITE_CONTENTSHARE'
  'WEBSITE_DNS_SERVER'
  'WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT'
  'WEBSITE_MOUNT_ENABLED'
  'WEBSITE_NODE_DEFAULT_VERSION'
  'WEBSITE_RUN_FROM_PACKAGE'
  'WEBSITE_SKIP_CONTENTSHARE_VALIDATION'
  'WEBSITE_TIME_ZONE'
  'WEBSITE_VNET_ROUTE_ALL'
]
var keptSettings = filter(items(appSettings), setting => !contains(refusedSettings, toUpper(setting.key)))
var hostSettings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
}
var allSettings = union(toObject(keptSettings, setting => setting.key, setting => setting.value), hostSettings)

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccountName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    // Flex sends everything through the subnet; the older switch for that is not for it.
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}${deploymentContainerName}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'node'
        version: nodeVersion
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0 ? [] : [
          {
            name: 'http'
            instanceCount: alwaysReadyInstances
          }
        ]
        triggers: {
          http: {
            perInstanceConcurrency: perInstanceConcurrency
          }
        }
      }
    }
    siteConfig: union(siteAccess, {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      appSettings: map(items(allSettings), setting => { name: setting.key, value: setting.value })
    })
  }
}

resource ftpCredentials 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scmCredentials 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}

@description('Name of the app.')
output name string = site.name

@description('Host name as the platform gave it.')
output hostName string = site.properties.defaultHostName
