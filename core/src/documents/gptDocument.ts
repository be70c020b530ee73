/** The door for agents as an OpenAPI document: small, so that a GPT Action reads all of it. */
import { catalog } from '../catalog/index.ts';
import { type JsonSchema, jsonSchema } from '../catalog/jsonSchema.ts';
import type { Operation } from '../catalog/operation.ts';
import { SCOPES, scopeOf } from '../catalog/scopes.ts';
import { composedOperations } from '../gpt/compose/index.ts';
import { GPT_PREFIX } from '../gpt/gptDoor.ts';
import { ownParameters, passedOn, schemaOf } from '../gpt/parameters.ts';
import { projectionOf } from '../gpt/projections/index.ts';
import { SCOPE_WORDS } from '../oauth/scopes.ts';
import { SERVER_URL } from './openapi.ts';

/** A GPT Action takes so many. */
export const MOST_OPERATIONS = 30;

/**
 * What conversations about records need, in the order of the document. Everything else is served all the same, and
 * described in the document of all operations.
 */
export const CURATED: readonly string[] = [
  ...composedOperations.map(({ id }) => id),
  'searchDatabase',
  'getRelease',
  'getMaster',
  'getMasterVersions',
  'getArtist',
  'getArtistReleases',
  'getLabel',
  'getLabelReleases',
  'getMarketplaceStats',
  'getPriceSuggestions',
  'getIdentity',
  'getProfile',
  'listCollectionFolders',
  'listCollectionItemsByFolder',
  'listCollectionItemsByRelease',
  'getCollectionValue',
  'addToCollectionFolder',
  'deleteCollectionInstance',
  'getWantlist',
  'addToWantlist',
  'removeFromWantlist',
  'getUserLists',
  'getList',
  'getInventory',
];

/** Whoever uses it: the owner with a key, or each user with an account of their own. */
export type GptAccess = 'key' | 'sign-in';

const WHOSE: Readonly<Record<GptAccess, string>> = { key: 'the owner', 'sign-in': 'the signed-in user' };

const description = (access: GptAccess): string =>
  [
    `Records, artists, labels, prices, and the collection and wantlist of ${WHOSE[access]}, in short answers. A list has results, page, pages, items; where it has next, repeat the call with those members. A record that the user owns or wants has owned or wanted: true. Errors have next_step: do what it says.`,
    'Discogs has no lyrics, no audio, no price history, no recommendations, and no list of the copies for sale of a release.',
    'Next to data write "Data provided by Discogs.", linked to its uri. Not affiliated with, sponsored or endorsed by Discogs, a trademark of Zink Media, LLC.',
  ].join(' ');

const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const response = (description: string, schema: string): JsonSchema => ({
  description,
  content: { 'application/json': { schema: reference(schema) } },
});

/** Without what no importer needs: the example is in the description, `document` has the rest. */
function parameters(operation: Operation): readonly JsonSchema[] {
  const { pathParameters, query } = operation;
  const passed = passedOn(operation).flatMap((name) => (query[name] ? [[name, query[name]] as const] : []));
  const theirs = [
    ...Object.entries(pathParameters).map(([name, parameter]) => ({ name, parameter, in: 'path' })),
    ...passed.map(([name, parameter]) => ({ name, parameter, in: 'query' })),
  ].map(({ name, parameter, in: place }) => ({
    name,
    in: place,
    ...(place === 'path' ? { required: true } : {}),
    description: parameter.description,
    schema: parameter.document,
  }));
  const own = ownParameters(operation, projectionOf(operation)).map((parameter) => ({
    name: parameter.name,
    in: 'query',
    description: [parameter.description, parameter.note].filter(Boolean).join(' '),
    schema: schemaOf(parameter),
  }));
  return [...theirs, ...own];
}

function documented(operation: Operation): JsonSchema {
  const { id, summary, description, effect, body, entity } = operation;
  const isList = projectionOf(operation).kind === 'list';
  return {
    operationId: id,
    summary,
    description,
    tags: [entity.split('_')[0]],
    'x-openai-isConsequential': effect !== 'read',
    parameters: parameters(operation),
    ...(body
      ? {
          requestBody: {
            required: body.required,
            content: { 'application/json': { schema: jsonSchema(body.schema()) } },
          },
        }
      : {}),
    responses: {
      200: response(isList ? 'One page that fits.' : 'The answer.', isList ? 'ListAnswer' : 'RecordAnswer'),
      default: response('What went wrong, and what to do.', 'Error'),
    },
  };
}

const text = (description: string): JsonSchema => ({ type: 'string', description });
const whole = (description: string): JsonSchema => ({ type: 'integer', description });
const loose = (properties: JsonSchema): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: true,
});

const SCHEMAS: JsonSchema = {
  RecordAnswer: loose({
    id: whole('Number at Discogs.'),
    title: text('Of a release or master.'),
    name: text('Of an artist or label.'),
    artists: text('With clean names; credited_as has those on the sleeve.'),
    lowest_price: text('With its currency.'),
    truncated: { type: 'boolean', description: 'Something was left out; see next.' },
    source: text('live, catalogue, or mixed.'),
    as_of: text("Day of Discogs' dump behind source catalogue: tell the user where it matters."),
    missing: { type: 'array', items: { type: 'string' }, description: 'What could not be read, and why.' },
    uri: text('The page to attribute to.'),
  }),
  ListAnswer: loose({
    results: {
      type: 'array',
      items: loose({
        id: whole('Number at Discogs.'),
        title: text('Artist and title.'),
        uri: text('The page.'),
      }),
    },
    page: whole('Of pages.'),
    pages: whole('How many there are.'),
    items: whole('Rows of all pages.'),
    truncated: { type: 'boolean', description: 'The page has more rows; see next.' },
    next: loose({ page: whole('Page to ask for.'), skip: whole('Rows to leave out.') }),
    source: text('live or catalogue.'),
    as_of: text('Day of the dump.'),
    emptied_by: text('The filter that is the reason for an empty result.'),
  }),
  Error: loose({
    error: text('Stable code.'),
    message: text('What happened.'),
    next_step: text('What to do.'),
    retry_in_seconds: whole('How long to wait, where waiting helps.'),
    trace_id: text('For the owner of the gateway.'),
  }),
};

const known: readonly Operation[] = [...composedOperations, ...catalog];

/** The operations of the document: those of the curated list that there are. */
export const gptOperations = (): readonly Operation[] =>
  CURATED.flatMap((id) => known.filter((operation) => operation.id === id)).slice(0, MOST_OPERATIONS);

/** The scopes that these operations need, with what each allows. */
function neededScopes(): Readonly<Record<string, string>> {
  const needed = new Set(gptOperations().map(scopeOf));
  return Object.fromEntries(
    SCOPES.filter((scope) => needed.has(scope)).map((scope) => [scope, SCOPE_WORDS[scope]]),
  );
}

/** How a client gets in; an Action takes one scheme, and reads it for the whole document. */
function security(access: GptAccess, serverUrl: string) {
  if (access === 'key') {
    return {
      security: [{ ApiKeyHeader: [] }],
      securitySchemes: { ApiKeyHeader: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    };
  }
  const scopes = neededScopes();
  const authorizationCode = {
    authorizationUrl: `${serverUrl}/authorize`,
    tokenUrl: `${serverUrl}/token`,
    refreshUrl: `${serverUrl}/token`,
    scopes,
  };
  return {
    security: [{ SignIn: Object.keys(scopes) }],
    securitySchemes: { SignIn: { type: 'oauth2', flows: { authorizationCode } } },
  };
}

/** Builds the document. Pure. `serverUrl` is the address of the gateway, `/api` included. */
export function gptDocument(
  version: string,
  access: GptAccess = 'key',
  serverUrl: string = SERVER_URL,
): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const operation of gptOperations()) {
    const path = GPT_PREFIX + operation.path;
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: documented(operation) };
  }
  const { security: secured, securitySchemes } = security(access, serverUrl);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Records for agents',
      version,
      description: description(access),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl }],
    security: secured,
    paths,
    components: { securitySchemes, schemas: SCHEMAS },
  };
}
