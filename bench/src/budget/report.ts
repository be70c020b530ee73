/** The tables of `npm run bench:budget`. */
import { figure, table } from '../report/table.ts';
import type { Figures } from './figures.ts';

/** One row of a table. */
export interface Row {
  readonly title: string;
  readonly figures: Figures;
}

/** One table: a workload, with or without strangers. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

const HEADER = [
  '',
  'Answers per call',
  '… of the talks',
  'Answered',
  'After minute 20',
  '429s of Discogs',
  '… a minute',
  '… in a row',
  'Wait p50',
  'Wait p95',
  'Worst share',
  'Oldest answer',
  'Crawled a minute',
];

const percent = (share: number | undefined): string =>
  share === undefined ? '–' : `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
/** Answers without a single call have no share. */
const perCall = (share: number): string => (Number.isFinite(share) ? share.toFixed(2) : 'no call');
const milliseconds = (value: number): string => (Number.isNaN(value) ? '–' : `${Math.round(value)} ms`);

function cells({ title, figures: f }: Row): readonly string[] {
  return [
    title,
    perCall(f.answersPerCall),
    perCall(f.talkAnswersPerCall),
    percent(f.answered),
    percent(f.answeredWarm),
    String(f.limited),
    f.limitedPerMinute.toFixed(2),
    String(f.limitedInARow),
    milliseconds(f.waitP50Ms),
    milliseconds(f.waitP95Ms),
    percent(f.worstAnswered),
    `${Math.round(f.oldestSeconds)} s`,
    f.crawledPerMinute === undefined ? '–' : figure(f.crawledPerMinute),
  ];
}

/** Markdown of one table. */
export const sectionReport = ({ title, rows }: Section): string =>
  `**${title}**\n\n${table(HEADER, rows.map(cells))}`;

/** Markdown of a whole run in virtual time. */
export const budgetReport = (seed: number, sections: readonly Section[]): string =>
  [`Virtual time, seed ${seed}.`, ...sections.map(sectionReport)].join('\n\n');
