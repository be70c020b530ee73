/**
 * What the full-text index of each kind of record holds. One text for each record, each word with the letter of its field
 * in front: with `detail=none` FTS5 keeps one byte for a word of a record, half of what its own columns need.
 */
import { nameKey, type RecordKind } from '@discogs-agent/core/catalogue';
import type { PreparedRecord } from '../records/preparedRecord.ts';
import { wordBuffer } from './wordBuffer.ts';

/** Fields whose words are searched one by one. */
export const WORD_FIELDS = { artist: 'a', title: 't', track: 'k', label: 'l' } as const;
/** Fields whose values are searched as a whole. */
export const VALUE_FIELDS = { genre: 'g', style: 's', country: 'c', format: 'f', year: 'y' } as const;

export type WordField = keyof typeof WORD_FIELDS;
export type ValueField = keyof typeof VALUE_FIELDS;

/** Fields that a record of the kind can be found by. */
export const FIELDS_OF: Readonly<Record<RecordKind, readonly (WordField | ValueField)[]>> = {
  releases: ['artist', 'title', 'track', 'label', 'genre', 'style', 'country', 'format', 'year'],
  masters: ['artist', 'title', 'genre', 'style', 'year'],
  artists: ['artist'],
  labels: ['label'],
};

/** A whole value: `Hip Hop` → `ghiphop`. */
export const valueWord = (field: ValueField, value: string): string =>
  `${VALUE_FIELDS[field]}${nameKey(value)}`;

/** Values are few, and each is asked for with thousands of records: their words are remembered. */
const remembered: Readonly<Record<ValueField, Map<string, string>>> = {
  genre: new Map(),
  style: new Map(),
  country: new Map(),
  format: new Map(),
  year: new Map(),
};
const MAX_REMEMBERED = 10_000;

function rememberedWord(field: ValueField, value: string): string {
  const own = remembered[field];
  const known = own.get(value);
  if (known !== undefined) return known;
  if (own.size > MAX_REMEMBERED) own.clear();
  const word = valueWord(field, value);
  own.set(value, word);
  return word;
}

const buffer = wordBuffer();

function words(field: WordField, texts: readonly string[]): void {
  for (const text of texts) buffer.addText(WORD_FIELDS[field], text);
}

function values(field: ValueField, given: readonly string[]): void {
  for (const value of given) if (value !== '') buffer.addWord(rememberedWord(field, value));
}

/** Formats are several in one text: `LP, Album`. A genre may have a comma of its own: Folk, World, & Country. */
const FORMATS = ', ';

const years = (year: number): readonly string[] => (year > 0 ? [String(year)] : []);

/** All words of a record, each with its letter. */
export function indexedText(record: PreparedRecord): Uint8Array {
  switch (record.kind) {
    case 'releases': {
      const { summary, artistNames, labelNames, tracks, genres, styles } = record.facts;
      words('artist', artistNames);
      words('title', [summary.title]);
      words('track', tracks);
      words('label', labelNames);
      values('genre', genres);
      values('style', styles);
      values('country', [summary.country]);
      for (const names of summary.majorFormats) values('format', names.split(FORMATS));
      values('format', summary.format.split(FORMATS));
      values('year', years(summary.year));
      break;
    }
    case 'masters': {
      const { summary, artistNames, genres, styles } = record.facts;
      words('artist', artistNames);
      words('title', [summary.title]);
      values('genre', genres);
      values('style', styles);
      values('year', years(summary.year));
      break;
    }
    case 'artists':
    case 'labels': {
      const field = record.kind === 'artists' ? 'artist' : 'label';
      words(field, [record.facts.name]);
      words(field, record.facts.variations);
      break;
    }
    default:
      record satisfies never;
  }
  return buffer.take();
}
