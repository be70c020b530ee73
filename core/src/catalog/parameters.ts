/** The parameters of paths and queries: one schema that checks the text of a URL, one that documents it. */
import * as z from 'zod/mini';

/** Longest value of a query parameter, in characters. */
export const MAX_QUERY_VALUE_CHARS = 2000;
/** Longest decoded path segment, in characters. */
export const MAX_PATH_SEGMENT_CHARS = 256;

/** A path or query parameter. Everything in a URL is text, so `schema` checks text and `document` names the meaning. */
export interface Parameter {
  readonly schema: z.ZodMiniType<string, string>;
  /** What is wrong, as a phrase that follows the parameter's name: `must be an integer`. */
  readonly problem: string;
  /** JSON Schema of the value as an OpenAPI document shows it. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly description: string;
  readonly example?: string | number;
}

interface IntegerOptions {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
  readonly example?: number;
}

/**
 * A query integer. The bounds are documented, not enforced: Discogs clamps `page` and `per_page` itself, and a mirror
 * must not refuse what Discogs accepts.
 */
export function integer(description: string, { example, ...bounds }: IntegerOptions = {}): Parameter {
  return {
    schema: z.string().check(z.regex(/^-?[0-9]{1,15}$/)),
    problem: 'must be an integer',
    document: { type: 'integer', ...bounds },
    description,
    ...(example === undefined ? {} : { example }),
  };
}

/**
 * A numeric id in a path: ASCII digits only, leading zeros forwarded unchanged. 15 digits fit a double, so no reader
 * of our documents or traces can round it.
 */
export function id(noun: string, example: number, minimum = 1): Parameter {
  return {
    schema: z.string().check(z.regex(/^[0-9]{1,15}$/)),
    problem: 'must be an integer',
    document: { type: 'integer', minimum },
    description: `Discogs id of the ${noun}.`,
    example,
  };
}

/** Free text in a query. */
export function text(description: string, example?: string): Parameter {
  return {
    schema: z.string().check(z.maxLength(MAX_QUERY_VALUE_CHARS)),
    problem: `must be at most ${MAX_QUERY_VALUE_CHARS} characters long`,
    document: { type: 'string', maxLength: MAX_QUERY_VALUE_CHARS },
    description,
    ...(example === undefined ? {} : { example }),
  };
}

/** One of a fixed list of words. */
export function choice<const Words extends readonly [string, ...string[]]>(
  description: string,
  words: Words,
  extra: { default?: Words[number]; example?: Words[number] } = {},
): Parameter {
  const { example, ...document } = extra;
  return {
    schema: z.string().check(z.refine((value) => words.includes(value))),
    problem: `must be one of ${words.join(', ')}`,
    document: { type: 'string', enum: words, ...document },
    description,
    ...(example === undefined ? {} : { example }),
  };
}

/**
 * A Discogs user name in a path. Discogs decides which exist; this only keeps the path a path. No name has a slash,
 * and a server that decodes an encoded one before it routes would be led to another endpoint.
 */
export const username: Parameter = {
  schema: z.string().check(
    z.minLength(1),
    z.maxLength(MAX_PATH_SEGMENT_CHARS),
    z.refine((value) => value !== '.' && value !== '..' && !/[\p{Cc}\p{Cs}/\\]/u.test(value)),
  ),
  problem: 'must be a Discogs user name',
  document: { type: 'string', minLength: 1, maxLength: MAX_PATH_SEGMENT_CHARS },
  description: 'Discogs user name. For "my collection" or "my wantlist", get it from the identity operation.',
  example: 'crate_digger',
};

/** @see https://www.discogs.com/developers#page:home,header:home-pagination */
export const pagination = {
  page: integer('Page number, counted from 1.', { minimum: 1, default: 1 }),
  per_page: integer('Items per page. Discogs returns at most 100.', {
    minimum: 1,
    maximum: 100,
    default: 50,
  }),
} as const;

export const sortOrder = choice('Sort direction.', ['asc', 'desc']);

/** @see https://www.discogs.com/developers#page:marketplace */
export const currency = choice('Currency for marketplace data.', [
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
]);
