/** The tables of the real-time part. */
import { BODIES } from '../../bodies.ts';
import type { CandidateResult, Figures } from '../../forwarding/measure.ts';
import { relative, resultOf } from '../../report/forwarding.ts';
import { figure, ratio, table } from '../../report/table.ts';
import { type Section, sectionReport } from '../report.ts';

const COLUMNS: readonly (readonly [string, keyof Figures])[] = [
  ['CPU µs (50)', 'cpuOf50'],
  ['CPU µs (1)', 'cpuOf1'],
  ['p50 ms (50)', 'p50Of50'],
  ['p50 ms (1)', 'p50Of1'],
];

function keptReport(results: readonly CandidateResult[]): string {
  const bare = resultOf(results, 'bare');
  const rows = results.flatMap((result) =>
    result.figures.map((figures, index) => [
      result.candidate.label,
      BODIES[index]?.label ?? '',
      ...COLUMNS.map(([, name]) => figure(figures[name])),
    ]),
  );
  const relations = results.map((result) => [
    result.candidate.label,
    ...COLUMNS.map(([, name]) => (bare ? ratio(relative(result, bare, name)) : '')),
  ]);
  const titles = COLUMNS.map(([title]) => title);
  return [
    '**An answer from the cache**; in brackets the number of callers',
    table(['Candidate', 'body', ...titles], rows),
    'Relative to the bare objects, geometric mean of the bodies:',
    table(['Candidate', ...titles.map((title) => title.replace(/ [mµ]s/, ''))], relations),
  ].join('\n\n');
}

/** Everything that a run in real time found. */
export interface RealResults {
  readonly machine: string;
  readonly seed: number;
  readonly section: Section;
  readonly kept: readonly CandidateResult[];
}

/** Markdown of it. */
export const realReport = ({ machine, seed, section, kept }: RealResults): string =>
  [
    `Real time, seed ${seed}. ${machine}.`,
    sectionReport(section),
    keptReport(kept),
    ...(resultOf(kept, 'nginx') ? [] : ['skipped: nginx is not installed.']),
  ].join('\n\n');
