@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Component that the queries run against.')
param appInsightsId string

@description('Name in the portal.')
param displayName string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // A workbook's name must be a GUID; this one stays the same in every deployment.
  name: guid(appInsightsId, 'discogs-agent')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    sourceId: appInsightsId
    serializedData: loadTextContent('../workbook.json')
  }
}
