// Every role assignment of the deployment; `policy.md` lists the roles that may stand here.

@description('The app\'s identity.')
param principalId string

@description('Account that the app keeps its package and state in.')
param storageAccountName string

@description('Component that the app writes telemetry to.')
param appInsightsName string

@description('Vault with the secrets; empty without one.')
param keyVaultName string

@description('The app shares state in the account\'s tables.')
param grantTables bool

@description('Account that the app reads the catalogue from; empty without one.')
param catalogueAccountName string

@description('Key Vault Administrator; empty: nobody.')
param adminObjectId string

@description('Gets the role below on the vault; empty: nobody.')
param userObjectId string

@description('GUID or full id of that role; empty: none.')
param userRoleDefinitionId string

@description('What `userObjectId` is.')
param userPrincipalType string

var hasVault = !empty(keyVaultName)
var hasCatalogue = !empty(catalogueAccountName)
var hasUserGrant = hasVault && !empty(userObjectId) && !empty(userRoleDefinitionId)

// Key Vault Secrets User, Key Vault Administrator, Storage Blob Data Owner, Storage Blob Data Reader,
// Storage Table Data Contributor, Monitoring Metrics Publisher: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var secretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')
var vaultAdministrator = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '00482a5a-887f-4fb3-b363-3b7fe8e74483')
var blobOwner = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')
var blobReader = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')
var tableContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
var metricsPublisher = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '3913510d-42f4-4e42-8a64-420c390055eb')
var userRole = contains(userRoleDefinitionId, '/')
  ? userRoleDefinitionId
  : subscriptionResourceId('Microsoft.Authorization/roleDefinitions', userRoleDefinitionId)

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccountName
}

resource appInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: appInsightsName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = if (hasVault) {
  name: hasVault ? keyVaultName : 'none'
}

// Owner, not Contributor: the Functions host asks for it (leases on its own blobs, and the package).
resource appBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, 'app-blobs')
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: blobOwner
  }
}

resource appTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (grantTables) {
  name: guid(account.id, principalId, 'app-tables')
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: tableContributor
  }
}

resource catalogue 'Microsoft.Storage/storageAccounts@2023-05-01' existing = if (hasCatalogue) {
  name: hasCatalogue ? catalogueAccountName : 'none'
}

resource appCatalogue 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (hasCatalogue) {
  name: guid(catalogue.id, principalId, 'app-catalogue')
  scope: catalogue
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: blobReader
  }
}

resource appTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(appInsights.id, principalId, 'app-telemetry')
  scope: appInsights
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: metricsPublisher
  }
}

resource appSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (hasVault) {
  name: guid(vault.id, principalId, 'kv-secrets-user')
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: secretsUser
  }
}

resource vaultAdmin 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (hasVault && !empty(adminObjectId)) {
  name: guid(vault.id, adminObjectId, 'kv-admin')
  scope: vault
  properties: {
    principalId: adminObjectId
    roleDefinitionId: vaultAdministrator
  }
}

resource userGrant 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (hasUserGrant) {
  name: guid(vault.id, userObjectId, 'kv-user-grant')
  scope: vault
  properties: {
    principalId: userObjectId
    principalType: userPrincipalType
    roleDefinitionId: userRole
  }
}
