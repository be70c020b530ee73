// Every query returns rows only when somebody should look, so all rules have one condition: any row at all.

@description('First part of every name.')
param namePrefix string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Component that the queries run against.')
param appInsightsId string

@description('Address that receives the mails; empty: none.')
param alertEmail string

@description('Also alert when calls stop.')
param expectTraffic bool

var always = [
  {
    name: 'error-rate'
    title: 'More than one answer in ten is a 5xx'
    severity: 1
    frequency: 'PT5M'
    window: 'PT15M'
    query: loadTextContent('../../docs/kql/alerts/error-rate.kql')
  }
  {
    name: 'rate-limited-share'
    title: 'More than one request in ten is refused with 429'
    severity: 2
    frequency: 'PT15M'
    window: 'PT15M'
    query: loadTextContent('../../docs/kql/alerts/rate-limited-share.kql')
  }
  {
    name: 'secrets-unresolved'
    title: 'A secret cannot be read'
    severity: 1
    frequency: 'PT15M'
    window: 'PT15M'
    query: loadTextContent('../../docs/kql/alerts/secrets-unresolved.kql')
  }
]
var whenExpected = [
  {
    name: 'no-traffic'
    title: 'No requests, although there were some yesterday'
    severity: 3
    frequency: 'PT1H'
    // The query looks back over a day and six hours; no window between one day and two exists.
    window: 'P2D'
    query: loadTextContent('../../docs/kql/alerts/no-traffic.kql')
  }
]
var rules = expectTraffic ? concat(always, whenExpected) : always

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alertEmail)) {
  name: '${namePrefix}-alerts'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'discogs'
    emailReceivers: [
      {
        name: 'owner'
        emailAddress: alertEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alert 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [for rule in rules: {
  name: '${namePrefix}-${rule.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: '${namePrefix}: ${rule.title}'
    description: 'What to do: docs/operations.md, ${rule.name}'
    severity: rule.severity
    enabled: true
    scopes: [appInsightsId]
    evaluationFrequency: rule.frequency
    windowSize: rule.window
    autoMitigate: true
    // A component that has received nothing yet knows no columns to check against.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: empty(alertEmail) ? [] : [mail.id]
    }
  }
}]
