/** What a request of this door may have in its query, and what is wrong with one that has anything else. */
import type { Operation } from '../catalog/operation.ts';
import { MAX_RECORD_ID } from '../catalog/parameters.ts';
import { isInCatalogue } from '../catalogue/catalogueOperations.ts';
import { isSource, SOURCES, type Source } from '../proxy/source.ts';
import { ignoredFilter, isAlwaysIgnored } from './ignored.ts';
import type { Projection } from './projections/projection.ts';

/** Characters of an answer. */
export const MAX_CHARS = { least: 1000, usual: 20_000, most: 90_000 } as const;

/** A request that was understood. */
export interface GptRequest {
  readonly kind: 'request';
  /** What Discogs is asked, without paging size. */
  readonly query: Readonly<Record<string, string>>;
  readonly maxChars: number;
  readonly fields: ReadonlySet<string>;
  /** What the caller insists on. */
  readonly source: Source | undefined;
  /** `fields` has something that no dump knows. */
  readonly wantsLive: boolean;
  /** Rows or items before the first one that is shown. */
  readonly skip: number;
  /** A list member of a record, shown alone. */
  readonly part: string | undefined;
  readonly yearFrom: number | undefined;
  readonly yearTo: number | undefined;
}

/** A request that was not. */
export interface GptRefusal {
  readonly kind: 'refusal';
  readonly field: string;
  readonly message: string;
  readonly nextStep: string;
}

/** Filters of versions that are matched here, before they are cut. */
export const FACETS = ['format', 'label', 'country'] as const;
/** They order a search and name no record. */
export const PAGING: ReadonlySet<string> = new Set(['page', 'per_page', 'sort', 'sort_order']);
const WORD = /^[a-z_]{1,40}$/;

/** A parameter of this door itself. */
export interface Own {
  readonly name: string;
  readonly description: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** The only values of a text. */
  readonly words?: readonly string[];
  /** Added where there is room for it: a list of tools is short. */
  readonly note?: string;
}

/** The JSON Schema of one of them, as documents and tools show it. */
export const schemaOf = ({ minimum, maximum, words }: Own): Readonly<Record<string, unknown>> =>
  minimum === undefined
    ? { type: 'string', ...(words ? { enum: words } : {}) }
    : { type: 'integer', minimum, maximum };

const maxChars: Own = {
  name: 'max_chars',
  description: `Most characters; ${MAX_CHARS.usual} unless given.`,
  minimum: MAX_CHARS.least,
  maximum: MAX_CHARS.most,
};
const skip: Own = {
  name: 'skip',
  description: 'Rows to leave out, from `next`.',
  minimum: 0,
  maximum: 100_000,
};
const year = (name: string, which: string): Own => ({
  name,
  description: `${which} year of release, four digits.`,
  minimum: 1000,
  maximum: 9999,
});

/** Which of the fields cost a call where there is a catalogue. */
const costOf = ({ live = [] }: Projection): Pick<Own, 'note'> =>
  live.length === 0 ? {} : { note: `Live: ${live.join(', ')}.` };

const source: Own = {
  name: 'source',
  description: 'Discogs now, or its monthly dump.',
  words: SOURCES,
};
/** Whether a dump may know something of the answer. */
const hasCatalogue = (operation: Operation): boolean =>
  isInCatalogue(operation) || operation.entity === 'composed';

/** The parameters of this door itself, for one operation. */
export function ownParameters(operation: Operation, projection: Projection): readonly Own[] {
  if (operation.effect !== 'read') return [maxChars];
  const fields: Own = {
    name: 'fields',
    description: `Also show these, separated by commas: ${projection.extras.join(', ')}.`,
    ...costOf(projection),
  };
  const part: Own = { name: 'part', description: 'One list of the record alone, tracklist for example.' };
  return [
    maxChars,
    skip,
    ...(projection.extras.length > 0 ? [fields] : []),
    ...(projection.kind === 'record' ? [part] : []),
    ...(hasCatalogue(operation) ? [source] : []),
    ...(operation.id === 'getMasterVersions' ? [year('year_from', 'First'), year('year_to', 'Last')] : []),
  ];
}

/** The parameters of Discogs' operation that this door passes on. The size of a page follows from `max_chars`. */
export const passedOn = ({ id, query }: Operation): readonly string[] =>
  Object.keys(query).filter((name) => name !== 'per_page' && !isAlwaysIgnored(id, name));

const refusal = (field: string, message: string, nextStep: string): GptRefusal => ({
  kind: 'refusal',
  field,
  message,
  nextStep,
});

function decode(query: string): readonly (readonly [string, string])[] | undefined {
  try {
    return query
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const [name = '', ...value] = part.replaceAll('+', ' ').split('=');
        return [decodeURIComponent(name), decodeURIComponent(value.join('='))] as const;
      });
  } catch {
    return undefined;
  }
}

/** Understands a query, strictly. `operation` checks the values of its own parameters later. */
export function readRequest(
  queryText: string,
  operation: Operation,
  projection: Projection,
): GptRequest | GptRefusal {
  const pairs = decode(queryText);
  if (!pairs)
    return refusal('query', 'The query is not percent-encoded UTF-8.', 'Encode each value and try again.');
  const own = new Map(ownParameters(operation, projection).map((parameter) => [parameter.name, parameter]));
  const theirs = new Set(Object.keys(operation.query));
  const values: Record<string, string> = {};
  for (const [name, value] of pairs) {
    if (name === 'per_page') {
      return refusal(
        name,
        'per_page is not used here: the size of an answer follows from max_chars.',
        'Leave it out, or set max_chars.',
      );
    }
    if (!own.has(name) && !theirs.has(name)) {
      const known = [...passedOn(operation), ...own.keys()].join(', ');
      const shown = WORD.test(name) ? name : 'a parameter';
      return refusal(WORD.test(name) ? name : 'query', `${shown} is not known here.`, `Use only: ${known}.`);
    }
    if (value.trim() === '') return refusal(name, `${name} is empty.`, 'Leave it out, or give it a value.');
    if (name in values) return refusal(name, `${name} is given twice.`, 'Give it once.');
    values[name] = value.trim();
  }
  return understood(values, own, theirs, operation, projection);
}

function understood(
  values: Readonly<Record<string, string>>,
  own: ReadonlyMap<string, Own>,
  theirs: ReadonlySet<string>,
  operation: Operation,
  projection: Projection,
): GptRequest | GptRefusal {
  const numbers: Record<string, number> = {};
  for (const { name, minimum = 0, maximum = MAX_RECORD_ID } of own.values()) {
    const value = values[name];
    if (value === undefined || name === 'fields' || name === 'part' || name === 'source') continue;
    const read = /^[0-9]{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (!(read >= minimum && read <= maximum)) {
      return refusal(
        name,
        `${name} must be an integer from ${minimum} to ${maximum}.`,
        'Correct it and try again.',
      );
    }
    numbers[name] = read;
  }
  const fields = (values['fields'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = fields.find((name) => !projection.extras.includes(name));
  if (unknown !== undefined) {
    return refusal(
      'fields',
      'fields names something that this answer has not.',
      `Choose from: ${projection.extras.join(', ')}.`,
    );
  }
  const wantsLive = fields.some((name) => projection.live?.includes(name));
  const from = values['source'];
  if (from !== undefined && !isSource(from)) {
    return refusal('source', 'source must be live or catalogue.', 'Correct it, or leave it out.');
  }
  if (from === 'catalogue' && wantsLive) {
    const names = projection.live?.join(', ');
    return refusal('fields', `The catalogue has none of: ${names}.`, 'Leave these out, or leave source out.');
  }
  const { year_from: yearFrom, year_to: yearTo, skip = 0, max_chars: chars = MAX_CHARS.usual } = numbers;
  if (yearFrom !== undefined && yearTo !== undefined && yearFrom > yearTo) {
    return refusal('year_from', 'year_from is later than year_to.', 'Exchange them.');
  }
  const query = Object.fromEntries(Object.entries(values).filter(([name]) => theirs.has(name)));
  if (operation.id === 'searchDatabase' && Object.keys(query).every((name) => PAGING.has(name))) {
    return refusal(
      'query',
      'This search has no search field.',
      'Add at least one, such as q, artist, release_title, catno or barcode.',
    );
  }
  const ignored = ignoredFilter(operation.id, query);
  if (ignored) return refusal(ignored.field, ignored.message, ignored.nextStep);
  if (query['page'] !== undefined && !(Number(query['page']) >= 1)) {
    return refusal('page', 'page must be an integer from 1.', 'Correct it and try again.');
  }
  const isFiltered = FACETS.some((name) => query[name] !== undefined) || (yearFrom ?? yearTo) !== undefined;
  if (operation.id === 'getMasterVersions' && isFiltered && Number(query['page'] ?? 1) > 1) {
    return refusal('page', 'Versions with filters are one page.', 'Leave page out, and go on with skip.');
  }
  return {
    kind: 'request',
    query,
    maxChars: chars,
    fields: new Set(fields),
    source: from,
    wantsLive,
    skip,
    part: values['part'],
    yearFrom,
    yearTo,
  };
}
