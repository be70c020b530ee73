/**
 * What the arithmetic of `docs/cost.md` rests on. Prices in USD for a cheap region, pay as you go, noted in November 2026
 * from public summaries of the price pages. They change: check the page of each before you decide anything.
 */

/** A number with its unit and where to check it. */
export interface Assumption {
  readonly value: number;
  readonly what: string;
  readonly source: string;
}

const FUNCTIONS = 'https://azure.microsoft.com/pricing/details/functions/';
const MONITOR = 'https://azure.microsoft.com/pricing/details/monitor/';
const VAULT = 'https://azure.microsoft.com/pricing/details/key-vault/';
const TABLES = 'https://azure.microsoft.com/pricing/details/storage/tables/';
const NAT = 'https://azure.microsoft.com/pricing/details/azure-nat-gateway/';

/** By short names, which the arithmetic uses. */
export const ASSUMPTIONS = {
  gbSecond: { value: 0.000026, what: 'USD for a GB-second, Flex Consumption on demand', source: FUNCTIONS },
  freeGbSeconds: {
    value: 100_000,
    what: 'GB-seconds free each month (not with always-ready instances)',
    source: FUNCTIONS,
  },
  millionExecutions: {
    value: 0.4,
    what: 'USD for a million executions, Flex Consumption',
    source: FUNCTIONS,
  },
  freeExecutions: { value: 250_000, what: 'executions free each month', source: FUNCTIONS },
  instanceGb: {
    value: 0.5,
    what: 'GB of an instance: the default of `instanceMemoryMB`, for which the cache is sized',
    source: FUNCTIONS,
  },
  secondsPerCall: {
    value: 1,
    what: 'seconds billed for a call: the plan bills at least one for each time an instance is active, and most calls are shorter. Calls that overlap on one instance share the time, so this is the dear end',
    source: FUNCTIONS,
  },
  lineBytes: {
    value: 900,
    what: 'bytes of the JSON of a call, at most, with every id that ChatGPT sends: measured from the running gateway, see below',
    source: 'infra/test/kql/cost.test.ts',
  },
  rows: {
    value: 9,
    what: 'rows in the log for a call that asks Discogs: request, trace line, custom event, dependency, and five measurements that the SDK may also sum up to fewer',
    source: 'telemetry.md',
  },
  rowBytes: {
    value: 500,
    what: 'bytes of the other columns of a row (ids, names, role): assumed, not measured; `kql/cost-drivers.kql` tells what yours have',
    source: 'kql/cost-drivers.kql',
  },
  logGb: {
    value: 2.3,
    what: 'USD for a GB (1,000,000,000 bytes) of Analytics Logs, with 31 days (Application Insights: 90) of retention',
    source: MONITOR,
  },
  freeLogGb: { value: 5, what: 'GB free each month for a billing account', source: MONITOR },
  tableOperations: {
    value: 8,
    what: 'table operations for each call to Discogs, window and answers together, as counted with four instances',
    source: 'scaling.md',
  },
  millionTableOperations: { value: 0.036, what: 'USD for a million table transactions', source: TABLES },
  vaultOperations: {
    value: 26_000,
    what: 'vault operations in a month at most for one busy instance: three secrets, read again every five minutes while calls come',
    source: 'core/src/proxy/auth/vaultSecret.ts',
  },
  tenThousandVaultOperations: { value: 0.03, what: 'USD for 10,000 vault operations', source: VAULT },
  natGatewayHour: {
    value: 0.05,
    what: 'USD for an hour of a NAT gateway and its public address',
    source: NAT,
  },
  hoursInMonth: { value: 730, what: 'hours in a month', source: 'arithmetic' },
  alertEvery5Minutes: {
    value: 1.5,
    what: 'USD in a month for a log alert rule that is evaluated every five minutes: `error-rate`',
    source: MONITOR,
  },
  alertEvery15Minutes: {
    value: 0.5,
    what: 'the same, every 15 minutes or less often: `rate-limited-share`, `secrets-unresolved`, and `no-traffic` where it is on',
    source: MONITOR,
  },
} as const satisfies Readonly<Record<string, Assumption>>;
