/** How far an import has come: what a checkpoint keeps, and the line for a person. Pure. */
import { RECORD_KINDS, type RecordKind } from '@discogs-agent/core/catalogue';
import { isObject } from '../sqlite/readings.ts';
import { mapKinds } from '../sqlite/writerState.ts';
import type { Month } from './findFiles.ts';

/** Of one file. */
export interface FileProgress {
  /** Records of the file that are done, bad ones included. */
  readonly position: number;
  readonly bad: number;
  readonly isRead: boolean;
}

export interface ImportProgress {
  /** Names the month and the sizes of its files: another one is begun anew. */
  readonly month: string;
  readonly files: Readonly<Record<RecordKind, FileProgress>>;
}

const NONE: FileProgress = { position: 0, bad: 0, isRead: false };

export const monthName = ({ date, files }: Month): string =>
  [date, ...files.map(({ kind, bytes }) => `${kind} ${bytes}`)].join(', ');

export const dateOf = ({ month }: ImportProgress): string => month.split(',')[0] ?? '';

export const newProgress = (month: Month): ImportProgress => ({
  month: monthName(month),
  files: mapKinds(() => NONE),
});

/** What a checkpoint kept; undefined for anything else. */
export function readProgress(value: unknown): ImportProgress | undefined {
  if (!isObject(value) || typeof value['month'] !== 'string' || !isObject(value['files'])) return undefined;
  const { month, files } = value;
  const read = mapKinds((kind): FileProgress | undefined => {
    const file = files[kind];
    if (!isObject(file)) return undefined;
    const { position, bad, isRead } = file;
    if (typeof position !== 'number' || typeof bad !== 'number' || typeof isRead !== 'boolean')
      return undefined;
    return { position, bad, isRead };
  });
  if (RECORD_KINDS.some((kind) => read[kind] === undefined)) return undefined;
  return { month, files: mapKinds((kind) => read[kind] ?? NONE) };
}

const MINUTE_S = 60;
const HOUR_S = 3600;

/** `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < MINUTE_S) return `${Math.ceil(seconds)} s`;
  if (seconds < HOUR_S) return `${Math.round(seconds / MINUTE_S)} min`;
  const minutes = Math.round(seconds / MINUTE_S);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const grouped = (number: number): string => Math.round(number).toLocaleString('en');

export interface Reading {
  readonly kind: RecordKind;
  readonly records: number;
  readonly bad: number;
  readonly fileBytes: number;
  readonly fileSize: number;
  /** Since this run began with the file. */
  readonly seconds: number;
  readonly recordsOfRun: number;
  readonly bytesOfRun: number;
}

/** `releases: 123,456 records, 34 % of the file, 11,000 a second, 2 min left`. */
export function progressLine(reading: Reading): string {
  const { kind, records, bad, fileBytes, fileSize, seconds, recordsOfRun, bytesOfRun } = reading;
  const share = fileSize === 0 ? 100 : Math.floor((100 * fileBytes) / fileSize);
  const left = bytesOfRun > 0 ? ((fileSize - fileBytes) * seconds) / bytesOfRun : 0;
  return [
    `${kind}: ${grouped(records)} records`,
    `${share} % of the file`,
    ...(seconds > 0 ? [`${grouped(recordsOfRun / seconds)} a second`] : []),
    ...(share < 100 && left > 0 ? [`${duration(left)} left`] : []),
    ...(bad > 0 ? [`${grouped(bad)} skipped`] : []),
  ].join(', ');
}
