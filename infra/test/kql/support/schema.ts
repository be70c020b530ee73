/**
 * The tables that the queries read, under the names that the Logs blade of an Application Insights component uses.
 *
 * Columns and types: the "legacy" side of the tables in
 * https://learn.microsoft.com/azure/azure-monitor/app/convert-classic-resource#table-structure, and `_BilledSize` from
 * https://learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns. What no query may need is left out: the
 * columns about browsers and pages.
 */

const COMMON = `timestamp: datetime, itemType: string, customDimensions: dynamic, customMeasurements: dynamic,
  operation_Name: string, operation_Id: string, operation_ParentId: string, operation_SyntheticSource: string,
  session_Id: string, user_Id: string, user_AuthenticatedId: string, user_AccountId: string,
  application_Version: string, client_Type: string, client_IP: string, client_City: string,
  client_StateOrProvince: string, client_CountryOrRegion: string, cloud_RoleName: string,
  cloud_RoleInstance: string, appId: string, appName: string, iKey: string, sdkVersion: string, itemId: string,
  itemCount: int, _BilledSize: real, _ResourceId: string`;

/** Columns by table, in KQL's notation. */
export const TABLES = {
  traces: `message: string, severityLevel: int, ${COMMON}`,
  requests: `id: string, source: string, name: string, url: string, success: string, resultCode: string,
    duration: real, performanceBucket: string, ${COMMON}`,
  dependencies: `id: string, target: string, type: string, name: string, data: string, success: string,
    resultCode: string, duration: real, performanceBucket: string, ${COMMON}`,
  customEvents: `name: string, ${COMMON}`,
  customMetrics: `name: string, value: real, valueCount: int, valueSum: real, valueMin: real, valueMax: real,
    valueStdDev: real, ${COMMON}`,
  exceptions: `problemId: string, handledAt: string, type: string, message: string, assembly: string, method: string,
    outerType: string, outerMessage: string, outerAssembly: string, outerMethod: string, innermostType: string,
    innermostMessage: string, innermostAssembly: string, innermostMethod: string, severityLevel: int,
    details: dynamic, ${COMMON}`,
} as const;
