/** The tables of `docs/cost.md`. */
import { ASSUMPTIONS } from './assumptions.ts';
import { costOfMonth, type Month } from './month.ts';

const CALLS = [100, 10_000, 1_000_000];

const ROWS: readonly (readonly [keyof Month, string])[] = [
  ['executions', 'Executions: `(calls − freeExecutions) / 1,000,000 × millionExecutions`'],
  ['gbSeconds', 'Time: `(calls × secondsPerCall × instanceGb − freeGbSeconds) × gbSecond`'],
  ['log', 'Log: `(calls × (2 × lineBytes + rows × rowBytes) / 1e9 − freeLogGb) × logGb`'],
  [
    'tables',
    'Shared budget, with `STATE_STORE=tables`: `calls × tableOperations / 1,000,000 × millionTableOperations`',
  ],
  ['vault', 'Key Vault: `min(3 × calls, vaultOperations) / 10,000 × tenThousandVaultOperations`'],
  ['alerts', 'Alerts: `alertEvery5Minutes + 2 × alertEvery15Minutes`'],
  ['total', '**Together**'],
  ['natGateway', 'On top, with a fixed outbound address: `natGatewayHour × hoursInMonth`'],
];

const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 6 });

/** USD by part and number of calls. What is free is not below zero. */
export function costTable(): string {
  const months = CALLS.map(costOfMonth);
  const row = ([part, label]: (typeof ROWS)[number]) =>
    `| ${[label, ...months.map((month) => month[part].toFixed(2))].join(' | ')} |`;
  const heads = CALLS.map((calls) => `${number(calls)} calls`);
  return [`| USD in a month | ${heads.join(' | ')} |`, '|---|---:|---:|---:|', ...ROWS.map(row)].join('\n');
}

/** Every assumption by its name. */
export function assumptionTable(): string {
  const rows = Object.entries(ASSUMPTIONS).map(([name, { value, what, source }]) => {
    const link = source.startsWith('https:')
      ? `[price page](${source})`
      : source.includes('/') || source.endsWith('.md')
        ? `[${source}](${/^(kql|telemetry|scaling)/.test(source) ? '' : '../'}${source})`
        : source;
    return `| \`${name}\` | ${number(value)} | ${what} | ${link} |`;
  });
  return ['| Name | Value | What it is | Check it |', '|---|---:|---|---|', ...rows].join('\n');
}
