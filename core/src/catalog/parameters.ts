/** The parameters of paths and queries: a check of the text in a URL, and a JSON Schema that documents it. */

/** Longest value of a query parameter, in characters. */
export const MAX_QUERY_VALUE_CHARS = 2000;
/** Longest decoded path segment, in characters. */
export const MAX_PATH_SEGMENT_CHARS = 256;

/** A path or query parameter. Everything in a URL is text, so `accepts` checks text and `document` names the meaning. */
export interface Parameter {
  /** A plain function: building a schema for each took half of the time in which the core loads. */
  readonly accepts: (value: string) => boolean;
  /** What is wrong, as a phrase that follows the parameter's name: `must be an integer`. */
  readonly problem: string;
  /** JSON Schema of the value as an OpenAPI document shows it. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly description: string;
  readonly example?: string | number;
  /** A good value as it is sent to Discogs and named in the cache. Absent: as it is. */
  readonly canonical?: (value: string) => string;
  /** Otherwise an empty value counts as absent. */
  readonly refuseEmpty?: true;
}

interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

interface IntegerOptions extends Bounds {
  readonly default?: number;
  readonly example?: number;
  /** Added to the refusal of a value that is out of bounds. */
  readonly why?: string;
}

const integerText =
  (pattern: RegExp, { minimum, maximum }: Bounds): Parameter['accepts'] =>
  (value) => {
    const number = pattern.test(value) ? Number(value) : Number.NaN;
    return number >= minimum && number <= maximum;
  };

/** An integer in a query, inside its bounds: Discogs answers 500 to some beyond 32 bits, a page for example. */
export function integer(description: string, { example, why = '', ...document }: IntegerOptions): Parameter {
  const { minimum, maximum } = document;
  return {
    accepts: integerText(/^[0-9]{1,15}$/, document),
    problem: `must be an integer from ${minimum} to ${maximum}${why}`,
    canonical: (value) => String(Number(value)),
    document: { type: 'integer', ...document },
    description,
    ...(example === undefined ? {} : { example }),
  };
}

/** The largest 32-bit integer. Ids of artists, releases, masters, labels and folders are far below it. */
export const MAX_RECORD_ID = 2_147_483_647;
/** Ids of listings, and of copies in collections, are beyond 32 bits. This is the largest that no reader of JSON rounds. */
export const MAX_LISTING_ID = Number.MAX_SAFE_INTEGER;
const ID_PATTERN = new RegExp(`^[0-9]{1,${MAX_PATH_SEGMENT_CHARS}}$`);

/** A numeric id in a path: ASCII digits only, leading zeros forwarded unchanged. */
export function id(noun: string, example: number, bounds: Partial<Bounds> = {}): Parameter {
  const { minimum = 1, maximum = MAX_RECORD_ID } = bounds;
  return {
    accepts: integerText(ID_PATTERN, { minimum, maximum }),
    problem: `must be from ${minimum} to ${maximum}`,
    document: { type: 'integer', minimum, maximum },
    description: `Discogs id of the ${noun}.`,
    example,
  };
}

/** True for what a reader of the documents sees as a number. */
export const isInteger = ({ document }: Parameter): boolean => document['type'] === 'integer';

/** Free text in a query. */
export function text(description: string, example?: string): Parameter {
  return {
    accepts: (value) => value.length <= MAX_QUERY_VALUE_CHARS,
    problem: `must be at most ${MAX_QUERY_VALUE_CHARS} characters long`,
    document: { type: 'string', maxLength: MAX_QUERY_VALUE_CHARS },
    description,
    ...(example === undefined ? {} : { example }),
  };
}

/** The word of a list that equals `value`, whatever the case of its letters. */
export const sameWord = <Word extends string>(words: readonly Word[], value: string): Word | undefined =>
  words.find((word) => word.toLowerCase() === value.toLowerCase());

/** One of a fixed list of words, in any case. */
export function choice<const Words extends readonly [string, ...string[]]>(
  description: string,
  words: Words,
  extra: { default?: Words[number]; example?: Words[number] } = {},
): Parameter {
  const { example, ...document } = extra;
  return {
    accepts: (value) => sameWord(words, value) !== undefined,
    canonical: (value) => sameWord(words, value) ?? value,
    problem: `must be one of ${words.join(', ')}`,
    document: { type: 'string', enum: words, ...document },
    description,
    ...(example === undefined ? {} : { example }),
  };
}

/** No user name has these, and each of them has a meaning in the path of some server. */
const NAME_PATTERN = '^[^\\u0000-\\u001f\\u007f-\\u009f/\\\\%?#;]+$';
const NAME = new RegExp(NAME_PATTERN, 'u');

/**
 * A Discogs user name in a path. Discogs decides which exist; this only keeps the path a path. What a server that
 * decodes twice would take for a separator must not reach it, and a percent sign that is left after decoding is the
 * start of such a thing.
 */
export const username: Parameter = {
  accepts: (value) =>
    value.length <= MAX_PATH_SEGMENT_CHARS && NAME.test(value) && !/^\s*\.{1,2}\s*$|\p{Cs}/u.test(value),
  problem: 'must be a Discogs user name: no / \\ % ? # ; or control character in it',
  document: { type: 'string', minLength: 1, maxLength: MAX_PATH_SEGMENT_CHARS, pattern: NAME_PATTERN },
  description: 'Discogs user name. For "my collection" or "my wantlist", get it from the identity operation.',
  example: 'crate_digger',
};

/** No list of Discogs has as many rows; times 100 rows a page, this still fits a 32-bit integer. */
const MAX_PAGE = 10_000_000;
const MAX_PER_PAGE = 100;

/** @see https://www.discogs.com/developers#page:home,header:home-pagination */
export const pagination = {
  page: integer('Page number, counted from 1.', {
    minimum: 1,
    maximum: MAX_PAGE,
    default: 1,
  }),
  per_page: integer('Items per page. Discogs returns at most 100; a GPT Action takes about 50.', {
    minimum: 1,
    maximum: MAX_PER_PAGE,
    default: 50,
    why: '; Discogs sends at most 100 items a page',
  }),
} as const;

export const sortOrder = choice('Sort direction.', ['asc', 'desc']);

/** @see https://www.discogs.com/developers#page:marketplace */
export const CURRENCIES = [
  'USD',
  'GBP',
  'EUR',
  'CAD',
  'AUD',
  'JPY',
  'CHF',
  'MXN',
  'BRL',
  'NZD',
  'SEK',
  'ZAR',
] as const;

export const currency: Parameter = {
  ...choice('Currency for marketplace data.', CURRENCIES),
  // Without one Discogs shows prices in the currency of the token's owner.
  refuseEmpty: true,
};
