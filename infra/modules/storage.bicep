@description('Name of the account: 3 to 24 letters and digits.')
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Only the classic plan needs it: its host and its deployments sign with the account\'s key.')
param allowSharedKeyAccess bool

@description('Its container.')
param containerName string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: allowSharedKeyAccess
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: containerName
}

@description('Name of the account.')
output name string = account.name

@description('Its container.')
output containerName string = container.name

@description('Address of the container.')
output containerUri string = '${account.properties.primaryEndpoints.blob}${container.name}'
