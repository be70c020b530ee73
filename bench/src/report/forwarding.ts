/** The tables of part A. */
import { BODIES } from '../bodies.ts';
import type { CandidateResult, Figures } from '../forwarding/measure.ts';
import { geometricMean } from '../stats.ts';
import { figure, ratio, table } from './table.ts';

/** One figure of `a` over the same of `b`: geometric mean over the bodies. */
export function relative(a: CandidateResult, b: CandidateResult, name: keyof Figures): number {
  return geometricMean(
    a.figures.map((figures, index) => figures[name] / (b.figures[index]?.[name] ?? Number.NaN)),
  );
}

/** The result of a candidate, if it took part. */
export const resultOf = (
  results: readonly CandidateResult[],
  id: CandidateResult['candidate']['id'],
): CandidateResult | undefined => results.find(({ candidate }) => candidate.id === id);

/** The columns, in the order of the table. */
const COLUMNS: readonly (readonly [string, keyof Figures])[] = [
  ['CPU µs (50)', 'cpuOf50'],
  ['calls/s (50)', 'perSecond50'],
  ['p50 ms (50)', 'p50Of50'],
  ['p99 ms (50)', 'p99Of50'],
  ['CPU µs (1)', 'cpuOf1'],
  ['calls/s (1)', 'perSecond1'],
  ['p50 ms (1)', 'p50Of1'],
  ['p99 ms (1)', 'p99Of1'],
];

/** Those that are compared with (d). */
const COMPARED = COLUMNS.filter(([, name]) => ['cpuOf50', 'cpuOf1', 'perSecond50', 'p50Of1'].includes(name));

/** All figures, then those of (d) as the unit. */
export function forwardingReport(results: readonly CandidateResult[]): string {
  const rows = results.flatMap(({ candidate, figures }) =>
    figures.map((each, index) => [
      candidate.label,
      BODIES[index]?.label ?? '',
      ...COLUMNS.map(([, name]) => figure(each[name])),
    ]),
  );
  const unit = resultOf(results, 'passThrough');
  const relations = results.map((result) => [
    result.candidate.label,
    ...COMPARED.map(([, name]) => (unit ? ratio(relative(result, unit, name)) : '')),
    result.connections === undefined ? '–' : figure(result.connections),
  ]);
  const calls = results.reduce((sum, result) => sum + result.calls, 0);
  const titles = (columns: typeof COLUMNS): readonly string[] =>
    columns.map(([title]) => title.replace(' µs', ''));
  return [
    '### Forwarding',
    '',
    table(['Candidate', 'body', ...COLUMNS.map(([title]) => title)], rows),
    '',
    `${calls.toLocaleString('en-US')} calls, no error. In brackets: the number of callers.`,
    '',
    'Relative to (d), geometric mean of the bodies; and upstream connections per 1,000 sequential calls:',
    '',
    table(['Candidate', ...titles(COMPARED), 'connections'], relations),
    ...(resultOf(results, 'nginx') ? [] : ['', 'skipped: nginx is not installed.']),
  ].join('\n');
}
