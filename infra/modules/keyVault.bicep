@description('Name of the vault: 3 to 24 characters, unique in Azure.')
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Purge protection; once on it stays on.')
param enablePurgeProtection bool

@description('`recover` for a soft-deleted vault.')
@allowed(['default', 'recover'])
param createMode string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    createMode: createMode
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // The service refuses `false`: absent is how one says no.
    enablePurgeProtection: enablePurgeProtection ? true : null
    // Open to all networks, closed by roles: references do not resolve from a restricted vault on Flex.
    publicNetworkAccess: 'Enabled'
  }
}

@description('Name of the vault.')
output name string = vault.name

@description('Address of the vault, with a slash at its end.')
output uri string = vault.properties.vaultUri
