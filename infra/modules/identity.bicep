@description('Name of the identity.')
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id.')
output id string = identity.id

@description('What `AZURE_CLIENT_ID` names.')
output clientId string = identity.properties.clientId

@description('Whom roles are given to.')
output principalId string = identity.properties.principalId
