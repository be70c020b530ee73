/** What a month costs, from the number of calls. */
import { ASSUMPTIONS } from './assumptions.ts';

const of = (name: keyof typeof ASSUMPTIONS): number => ASSUMPTIONS[name].value;
const beyond = (used: number, free: number): number => Math.max(0, used - free);

/** USD in a month, part by part. */
export interface Month {
  readonly executions: number;
  readonly gbSeconds: number;
  readonly log: number;
  readonly tables: number;
  readonly vault: number;
  readonly alerts: number;
  /** Of everything above. */
  readonly total: number;
  /** Only with a fixed outbound address; not in the total. */
  readonly natGateway: number;
}

/** The month with `calls` calls, all of which ask Discogs: nothing comes from the cache. */
export function costOfMonth(calls: number): Month {
  const parts = {
    executions: (beyond(calls, of('freeExecutions')) / 1e6) * of('millionExecutions'),
    gbSeconds: beyond(calls * of('secondsPerCall') * of('instanceGb'), of('freeGbSeconds')) * of('gbSecond'),
    log:
      beyond((calls * (2 * of('lineBytes') + of('rows') * of('rowBytes'))) / 1e9, of('freeLogGb')) *
      of('logGb'),
    tables: ((calls * of('tableOperations')) / 1e6) * of('millionTableOperations'),
    vault: (Math.min(calls * 3, of('vaultOperations')) / 10_000) * of('tenThousandVaultOperations'),
    alerts: of('alertEvery5Minutes') + 2 * of('alertEvery15Minutes'),
  };
  const total = Object.values(parts).reduce((sum, usd) => sum + usd, 0);
  return { ...parts, total, natGateway: of('natGatewayHour') * of('hoursInMonth') };
}
