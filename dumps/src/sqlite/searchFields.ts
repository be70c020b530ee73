/**
 * What the full-text index of each kind of record holds. One text for each record, each word with the letter of its field
 * in front: with `detail=none` FTS5 keeps one byte for a word of a record, half of what its own columns need.
 */
import { nameKey, type RecordKind } from '@discogs-agent/core/catalogue';
import type { PreparedRecord } from '../records/preparedRecord.ts';
import { wordsOf } from './searchWords.ts';

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

/** A record with two thousand tracks is found by the first of them. */
const MAX_WORDS_OF_A_FIELD = 5000;
/** Values are few, and their words are asked for with every record. */
const valueWords = new Map<string, string>();
const MAX_REMEMBERED = 5000;

function rememberedWord(field: ValueField, value: string): string {
  const key = `${VALUE_FIELDS[field]}${value}`;
  const known = valueWords.get(key);
  if (known !== undefined) return known;
  const word = valueWord(field, value);
  if (valueWords.size >= MAX_REMEMBERED) valueWords.clear();
  valueWords.set(key, word);
  return word;
}

function collect(): {
  words(field: WordField, texts: readonly string[]): void;
  values(field: ValueField, values: readonly string[]): void;
  text(): string;
} {
  let all = '';
  return {
    words(field, texts) {
      const found = new Set<string>();
      for (const text of texts) {
        for (const word of wordsOf(text)) found.add(word);
        if (found.size > MAX_WORDS_OF_A_FIELD) break;
      }
      const letter = WORD_FIELDS[field];
      for (const word of found) all += ` ${letter}${word}`;
    },
    values(field, values) {
      for (const value of values) if (value !== '') all += ` ${rememberedWord(field, value)}`;
    },
    text: () => all,
  };
}

/** All words of a record, each with its letter. */
export function indexedText(record: PreparedRecord): string {
  const { words, values, text } = collect();
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
      values('format', [...summary.majorFormats, ...summary.format.split(', ')]);
      values('year', summary.year > 0 ? [String(summary.year)] : []);
      return text();
    }
    case 'masters': {
      const { summary, artistNames, genres, styles } = record.facts;
      words('artist', artistNames);
      words('title', [summary.title]);
      values('genre', genres);
      values('style', styles);
      values('year', summary.year > 0 ? [String(summary.year)] : []);
      return text();
    }
    case 'artists':
    case 'labels':
      words(record.kind === 'artists' ? 'artist' : 'label', [record.facts.name, ...record.facts.variations]);
      return text();
    default:
      return record satisfies never;
  }
}
