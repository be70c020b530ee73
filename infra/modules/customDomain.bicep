@description('App that answers under the name.')
param functionAppName string

@description('The name, with its CNAME and `asuid` TXT records in place.')
param hostName string

@description('Thumbprint of its certificate; empty: bound without one.')
param thumbprint string

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: functionAppName
}

// The certificate is made by the owner: the platform issues one only after the name is bound, and how differs by plan.
resource binding 'Microsoft.Web/sites/hostNameBindings@2024-04-01' = {
  parent: site
  name: hostName
  properties: {
    siteName: site.name
    hostNameType: 'Verified'
    customHostNameDnsRecordType: 'CName'
    sslState: empty(thumbprint) ? 'Disabled' : 'SniEnabled'
    thumbprint: empty(thumbprint) ? null : thumbprint
  }
}
