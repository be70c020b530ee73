/** The FTS5 expression of a search. Pure. Callers' text reaches it as quoted words of letters and digits only. */
import type { CatalogueSearch, RecordKind } from '@discogs-agent/core/catalogue';
import {
  FIELDS_OF,
  VALUE_FIELDS,
  type ValueField,
  valueWord,
  WORD_FIELDS,
  type WordField,
} from './searchFields.ts';
import { type Wanted, wantedWords } from './searchWords.ts';

const MAX_TEXT_CHARS = 256;
const MAX_WORDS = 16;
const MAX_YEARS = 60;
const YEARS = /^(\d{4})(?:-(\d{4}))?$/;

/** Nothing can match; or records of the kind have no such field. */
type NoExpression = 'nothing' | 'unanswerable';
/** An empty `match` where only identifiers are asked for. */
export type MatchExpression =
  | { readonly is: 'match'; readonly match: string }
  | { readonly is: NoExpression };

const quoted = (word: string): string => `"${word.replaceAll('"', '')}"`;
const all = (parts: readonly string[]): string =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' AND ')})`;
const any = (parts: readonly string[]): string =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' OR ')})`;

/** Each word in one of the fields. */
const wordIn = (wanted: Wanted, letters: readonly string[]): string =>
  any(wanted.map((words) => all(words.map((word) => any(letters.map((letter) => quoted(letter + word)))))));

function yearWords(value: string): readonly string[] | NoExpression {
  const [, from = '', to = from] = YEARS.exec(value.trim()) ?? [];
  if (from === '') return 'nothing';
  const [first, last] = [Number(from), Number(to)];
  if (last < first) return 'nothing';
  if (last - first > MAX_YEARS) return 'unanswerable';
  return Array.from({ length: last - first + 1 }, (_, index) => valueWord('year', String(first + index)));
}

const isWordField = (name: string): name is WordField => Object.hasOwn(WORD_FIELDS, name);
const isValueField = (name: string): name is ValueField => Object.hasOwn(VALUE_FIELDS, name);

/** What one member of the search demands of a record of the kind. */
function demand(kind: RecordKind, name: string, value: string): readonly string[] | NoExpression {
  const own = FIELDS_OF[kind];
  if (name === 'q' || isWordField(name)) {
    const letters = own.filter(isWordField).filter((field) => name === 'q' || field === name);
    if (letters.length === 0) return 'unanswerable';
    const wanted = wantedWords(value.slice(0, MAX_TEXT_CHARS), MAX_WORDS);
    if (wanted.length === 0) return 'nothing';
    return wanted.map((one) =>
      wordIn(
        one,
        letters.map((field) => WORD_FIELDS[field]),
      ),
    );
  }
  if (!isValueField(name) || !own.includes(name)) return 'unanswerable';
  if (name !== 'year') return [quoted(valueWord(name, value.slice(0, MAX_TEXT_CHARS)))];
  const years = yearWords(value);
  return typeof years === 'string' ? years : [any(years.map(quoted))];
}

/** The expression by which records of the kind are found. */
export function matchExpression(kind: RecordKind, search: CatalogueSearch): MatchExpression {
  const demands: string[] = [];
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || ['kind', 'barcode', 'catno'].includes(name)) continue;
    const found = demand(kind, name, value);
    if (typeof found === 'string') return { is: found };
    demands.push(...found);
  }
  return { is: 'match', match: demands.join(' AND ') };
}
