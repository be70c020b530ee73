/** The tables of parts B and C. */
import type { Apps } from '../apps.ts';
import { START_KINDS, type Start, type StartKind, type Starts } from '../coldStart/measure.ts';
import type { Rewriting } from '../rewriting/measure.ts';
import { median } from '../stats.ts';
import { figure, ratio, table } from './table.ts';

const LABELS: Readonly<Record<StartKind, string>> = {
  empty: 'empty script',
  bareLoad: 'bare app: entry loaded',
  gatewayLoad: 'gateway: entry loaded',
  bareFirst: 'bare app: spawn to first answer',
  gatewayFirst: 'gateway: spawn to first answer',
  earlierFirst: 'gateway of the other checkout: spawn to first answer',
  watchedFirst: 'gateway with a connection string: spawn to first answer',
};

/** The median of one figure. */
export const startMedian = (starts: readonly Start[], name: keyof Start): number =>
  median(starts.map((start) => start[name]));

function spread(starts: readonly Start[], name: keyof Start): string {
  const values = starts.map((start) => start[name]);
  return `${figure(startMedian(starts, name))} (${figure(Math.min(...values))}–${figure(Math.max(...values))})`;
}

/** Wall, CPU and memory of each kind of start: median (min–max). */
export function startReport(starts: Starts, { entryBytes, packageBytes }: Apps['sizes']): string {
  const rows = START_KINDS.filter((kind) => starts[kind].length > 0).map((kind) => [
    LABELS[kind],
    spread(starts[kind], 'wallMs'),
    spread(starts[kind], 'cpuMs'),
    spread(starts[kind], 'rssMb'),
  ]);
  const kilobytes = (bytes: number): string => `${figure(bytes / 1024)} KB`;
  return [
    '### Cold start',
    '',
    table([`${starts.empty.length} starts each, median (min–max)`, 'wall ms', 'CPU ms', 'RSS MB'], rows),
    '',
    `Entry file with what it imports at once: ${kilobytes(entryBytes)}; whole package: ${kilobytes(packageBytes)}.`,
  ].join('\n');
}

/** Rewriting beside parsing. */
export function rewritingReport(results: readonly Rewriting[]): string {
  const rows = results.map(({ label, oursMicros, parsingMicros }) => [
    label,
    figure(oursMicros),
    figure(parsingMicros),
    ratio(oursMicros / parsingMicros),
  ]);
  return [
    '### Rewriting links',
    '',
    table(['body', '`rewriteLinks` µs', 'parse + walk + stringify µs', 'ratio'], rows),
  ].join('\n');
}
