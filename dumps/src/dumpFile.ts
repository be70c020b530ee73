/** Names of the files of a dump. */
import { RECORD_KINDS, type RecordKind } from '@discogs-agent/core/catalogue';

/** What the name of a file says. */
export interface DumpFileName {
  readonly kind: RecordKind;
  /** `2026-10-01` */
  readonly date: string;
}

/** Reads `discogs_20261001_releases.xml.gz`; undefined for another name. */
export function parseDumpFileName(name: string): DumpFileName | undefined {
  const [, year, month, day, plural] = /^discogs_(\d{4})(\d\d)(\d\d)_([a-z]+)\.xml\.gz$/.exec(name) ?? [];
  const kind = RECORD_KINDS.find((candidate) => candidate === plural);
  return kind && { kind, date: `${year}-${month}-${day}` };
}

/** The name of a file. */
export const dumpFileName = ({ kind, date }: DumpFileName): string =>
  `discogs_${date.replaceAll('-', '')}_${kind}.xml.gz`;
