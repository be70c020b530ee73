/** The table of a run. */
import { figure, ratio, table } from '../report/table.ts';
import { median } from '../stats.ts';
import type { Run } from './candidates.ts';

/** Medians of one candidate's runs. */
export interface Result {
  readonly title: string;
  readonly runs: readonly Run[];
}

const middle = ({ runs }: Result, of: (run: Run) => number): number => median(runs.map(of));
const perCpuSecond = (result: Result): number =>
  middle(result, ({ records, cpuSeconds }) => records / cpuSeconds);

/** `reference`: the title of the row that is 1.00. */
export function readingTable(results: readonly Result[], reference: string | undefined): string {
  const unit = results.find(({ title }) => title === reference);
  const rows = results.map((result) => [
    result.title,
    figure(perCpuSecond(result)),
    unit === undefined ? '–' : ratio(perCpuSecond(result) / perCpuSecond(unit)),
    figure(middle(result, ({ records, wallSeconds }) => records / wallSeconds)),
    figure(middle(result, ({ peakMb }) => peakMb)),
  ]);
  return table(['Releases', 'records per CPU second', '… of the exporter', 'records/s', 'peak MB'], rows);
}
