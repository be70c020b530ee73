/** Response headers: what each means, and which operation sends which. */
import type { Operation } from '../catalog/operation.ts';
import { isInCatalogue } from '../catalogue/catalogueOperations.ts';
import type { OpenApiHeader, OpenApiReference } from './openapiTypes.ts';

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

const headers = {
  'X-Trace-Id': {
    description: "Id of this call in the gateway's traces. Quote it when something goes wrong.",
    schema: text,
    required: true,
  },
  'Cache-Control': {
    description: 'How long the caller may keep the answer. Personal data, writes and errors: not at all.',
    schema: text,
    required: true,
  },
  ETag: {
    description: 'Changes with the body. Send it as If-None-Match to get 304 while nothing has changed.',
    schema: text,
  },
  Link: {
    description: 'First, previous, next and last page as links to this gateway (RFC 8288), where they exist.',
    schema: text,
  },
  Location: { description: 'Where to ask what became of it, at this gateway.', schema: text },
  'Last-Modified': {
    description: 'When it changed last. Send it as If-Modified-Since to get 304 until it changes again.',
    schema: text,
  },
  'Content-Disposition': { description: 'Carries the name of the file.', schema: text },
  'X-Cache': {
    description:
      'Where the answer came from: memory (hit; stale while Discogs fails), a call that was already under way for somebody else (coalesced), or a call for this request (miss).',
    schema: { type: 'string', enum: ['hit', 'stale', 'coalesced', 'miss'] },
  },
  'X-Discogs-Source': {
    description:
      'Where there is a catalogue: live for an answer of Discogs, cached or not, and catalogue for one of its monthly dump.',
    schema: { type: 'string', enum: ['live', 'catalogue'] },
  },
  'X-Catalogue-Date': { description: 'The day of the dump that the catalogue was made from.', schema: text },
  Age: { description: 'Seconds since Discogs sent it, where it came from memory.', schema: count },
  'X-Discogs-Ratelimit': { description: 'Calls that Discogs allows in a minute.', schema: count },
  'X-Discogs-Ratelimit-Used': { description: 'Calls used in the current minute.', schema: count },
  'X-Discogs-Ratelimit-Remaining': {
    description:
      'Calls left in the current minute; 0 as soon as the next one of this caller would have to wait.',
    schema: count,
  },
  'X-Discogs-Ratelimit-Reset': {
    description: 'Seconds until another call of this caller can be sent; 0 while one can be sent now.',
    schema: count,
  },
  'Retry-After': {
    description: 'Seconds to wait before the next try, where known. On 429 the same as "reset" in the body.',
    schema: text,
  },
  'X-Ignored-Parameters': {
    description:
      'Names of query parameters that this operation does not have, separated by commas; they were dropped.',
    schema: text,
  },
  'WWW-Authenticate': { description: 'The key may also be sent as a bearer token.', schema: text },
} as const satisfies Readonly<Record<string, OpenApiHeader>>;

type HeaderName = keyof typeof headers;

/** The header components, by name. */
export const headerComponents: Readonly<Record<string, OpenApiHeader>> = headers;

/** On every answer of the gateway. */
export const ALWAYS: readonly HeaderName[] = ['X-Trace-Id', 'Cache-Control'];

/** On everything that comes after the checks of key and input: the gateway's count of calls to Discogs, and what it dropped. */
export const AFTER_CHECKS: readonly HeaderName[] = [
  'X-Discogs-Source',
  'X-Discogs-Ratelimit',
  'X-Discogs-Ratelimit-Used',
  'X-Discogs-Ratelimit-Remaining',
  'X-Discogs-Ratelimit-Reset',
  'X-Ignored-Parameters',
];

/** On what is read: whether Discogs was asked for it, or the catalogue. */
export function cacheHeaderNames(operation: Operation): readonly HeaderName[] {
  const { effect, cacheSeconds } = operation;
  if (effect !== 'read') return [];
  return [
    'X-Cache',
    ...(cacheSeconds > 0 ? (['Age'] as const) : []),
    ...(isInCatalogue(operation) ? (['X-Catalogue-Date'] as const) : []),
  ];
}

/** Headers that single statuses add, whatever the operation. Those of Discogs' 503 arrive on our 502. */
export const OF_STATUS: Readonly<Record<string, readonly HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  502: ['Retry-After'],
  503: ['Retry-After'],
};

/** The headers of a good answer. */
export function successHeaders(operation: Operation): readonly HeaderName[] {
  const { handledBy, effect, query, reply } = operation;
  if (handledBy === 'gateway') return ALWAYS;
  return [
    ...ALWAYS,
    ...(effect === 'read' ? (['ETag'] as const) : []),
    ...(query['page'] ? (['Link'] as const) : []),
    ...(reply.headers ?? []),
    ...cacheHeaderNames(operation),
    ...AFTER_CHECKS,
  ];
}

/** References to header components. */
export const headerReferences = (names: readonly HeaderName[]): Readonly<Record<string, OpenApiReference>> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
