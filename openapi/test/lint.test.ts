import { isDeepStrictEqual } from 'node:util';
import type { OpenApiDocument } from '@discogs-agent/core/documents';
import { lintForGptActions } from '@discogs-agent/openapi';
import { describe, expect, it } from '@jest/globals';
import { committed } from './support/document.ts';

const text = await committed('proxy.json');
const document: OpenApiDocument = JSON.parse(text);

type Keys = readonly (string | number)[];

/** The document with `value` put at `keys`; undefined takes away what is there. */
function broken(keys: Keys, value: unknown): unknown {
  const changed: unknown = JSON.parse(text);
  const parent = keys.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(Object(at), key), changed);
  const last = keys.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(Object(parent), last);
  else Reflect.set(Object(parent), last, value);
  if (isDeepStrictEqual(changed, JSON.parse(text))) throw new Error(`${keys.join('/')}: nothing was broken`);
  return changed;
}

const ping = document.paths['/ping']?.['get'];
const ARTIST = ['paths', '/artists/{artist_id}', 'get'] as const;
const PARAMETERS = [...ARTIST, 'parameters'] as const;
const LISTING_BODY = [
  ...['paths', '/marketplace/listings', 'post', 'requestBody', 'content', 'application/json', 'schema'],
] as const;
const parameter = document.paths['/artists/{artist_id}']?.['get']?.parameters?.[0];
const more = Array.from({ length: 8 }, (_, n) => [
  `/more/${n}`,
  { get: { ...ping, operationId: `more${n}` } },
]);
const schemas = ['components', 'schemas'] as const;
const long = 'x'.repeat(701);

type Case = readonly [rule: string, keys: Keys, value: unknown, problem: string];

const DOCUMENT_CASES: readonly Case[] = [
  [
    'a 31st operation',
    ['paths'],
    { ...document.paths, ...Object.fromEntries(more) },
    'there are 31 operations; at most 30 are taken',
  ],
  ['no server', ['servers'], [], 'there are 0 servers; exactly one is used'],
  ['two servers', ['servers', 1], document.servers[0], 'there are 2 servers; exactly one is used'],
  [
    'a server without https',
    ['servers', 0, 'url'],
    'http://discogs-agent.example/api',
    'the server is not an absolute https address',
  ],
  ['a relative server', ['servers', 0, 'url'], '/api', 'the server is not an absolute https address'],
  [
    'a second security scheme',
    ['components', 'securitySchemes', 'other'],
    { type: 'http', scheme: 'bearer' },
    'there are 2 security schemes; exactly one is supported',
  ],
  ['a repeated operationId', [...ARTIST, 'operationId'], 'ping', 'operationId ping is used more than once'],
  ['a large document', ['info', 'description'], 'x'.repeat(800_000), 'the document is too large'],
  [
    'a reference to nothing',
    [...schemas, 'Artist'],
    undefined,
    'the reference #/components/schemas/Artist leads nowhere',
  ],
  [
    'a component without properties',
    [...schemas, 'Artist', 'properties'],
    undefined,
    '#/components/schemas/Artist: the object schema is missing properties',
  ],
  [
    'a schema with the name of a type',
    [...schemas, 'List'],
    { type: 'object', properties: {} },
    'the schema List has the name of a type that generators use',
  ],
  [
    'a nested input without properties',
    [...LISTING_BODY, 'properties', 'price'],
    { type: 'object' },
    'properties/price: the object schema is missing properties',
  ],
];

const PARAMETER_CASES: readonly Case[] = [
  [
    'a parameter by reference',
    [...PARAMETERS, 0],
    { $ref: '#/components/parameters/ArtistId' },
    'a parameter must not be a reference',
  ],
  [
    'a header parameter',
    [...PARAMETERS, 1],
    { ...parameter, name: 'x-trace', in: 'header' },
    'parameter x-trace is in header; only path and query work',
  ],
  [
    'a cookie parameter',
    [...PARAMETERS, 1],
    { ...parameter, name: 'session', in: 'cookie' },
    'parameter session is in cookie; only path and query work',
  ],
  [
    'a list in the query',
    [...PARAMETERS, 1],
    { ...parameter, name: 'ids', in: 'query', schema: { type: 'array', items: { type: 'integer' } } },
    'parameter ids must be a text, a number or a boolean',
  ],
  [
    'a long parameter description',
    [...PARAMETERS, 0, 'description'],
    long,
    'parameter artist_id needs a description of 1 to 700 characters',
  ],
  ['a missing path parameter', [...PARAMETERS], [], 'path parameter artist_id is missing'],
  ['a path parameter too many', [...PARAMETERS, 1], { ...parameter, name: 'other' }, 'path has no {other}'],
  [
    'an optional path parameter',
    [...PARAMETERS, 0, 'required'],
    false,
    'path parameter artist_id must be required',
  ],
];

const ID_PROBLEM = 'operationId must have 1 to 64 letters, digits or underscores';
const OPERATION_CASES: readonly Case[] = [
  ['an operationId with a hyphen', [...ARTIST, 'operationId'], 'get-artist', ID_PROBLEM],
  ['a long operationId', [...ARTIST, 'operationId'], 'a'.repeat(65), ID_PROBLEM],
  ['no operationId', [...ARTIST, 'operationId'], undefined, ID_PROBLEM],
  [
    'a method that the importer skips',
    ['paths', '/ping', 'head'],
    { ...ping, operationId: 'headPing' },
    'only get, post, put and delete are taken',
  ],
  ['a long summary', [...ARTIST, 'summary'], 'x'.repeat(301), 'summary must have 1 to 300 characters'],
  [
    'a long description',
    [...ARTIST, 'description'],
    'x'.repeat(301),
    'description must have 1 to 300 characters',
  ],
  ['no description', [...ARTIST, 'description'], undefined, 'description must have 1 to 300 characters'],
  [
    'no word on consequences',
    [...ARTIST, 'x-openai-isConsequential'],
    undefined,
    'x-openai-isConsequential must be true or false',
  ],
  [
    'a composed request body',
    [...LISTING_BODY, 'anyOf'],
    [{ type: 'object', properties: {} }],
    'the request body must not be composed or referenced',
  ],
  ['a request body that is a list', [...LISTING_BODY, 'type'], 'array', 'the request body must be an object'],
  [
    'a free-form request body',
    [...LISTING_BODY, 'properties'],
    {},
    'the request body must list its properties',
  ],
  ['no success status', [...ARTIST, 'responses', '200'], undefined, 'no success status is described'],
  [
    'an answer without a description',
    [...ARTIST, 'responses', '404', 'description'],
    undefined,
    'response 404 has no description',
  ],
  [
    'an error without a schema',
    [...ARTIST, 'responses', '429', 'content'],
    undefined,
    'response 429 has no schema',
  ],
];

describe('the rules of GPT Actions', () => {
  it('have nothing to say about the committed document', () => {
    expect(lintForGptActions(JSON.parse(text))).toEqual([]);
  });

  it.each([...DOCUMENT_CASES, ...PARAMETER_CASES, ...OPERATION_CASES])(
    'find %s',
    (_, keys, value, problem) => {
      expect(lintForGptActions(broken(keys, value))).toContainEqual(expect.stringContaining(problem));
    },
  );

  it('refuse what is no document at all', () => {
    expect(lintForGptActions('openapi: 3.1.1')).toEqual(['the document is not an object']);
  });

  it('do not take an example for a part of the document', () => {
    const example = { type: 'object', $ref: '#/nowhere' };
    expect(lintForGptActions(broken([...schemas, 'Artist', 'example'], example))).toEqual([]);
  });

  it('look at a property even where its name is that of a keyword', () => {
    const keys = [...schemas, 'Artist', 'properties', 'default'];
    expect(lintForGptActions(broken(keys, { type: 'object' }))).toEqual([
      '#/components/schemas/Artist/properties/default: the object schema is missing properties',
    ]);
  });
});
