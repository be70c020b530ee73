/** The operations of the catalog, and the composed ones, as tools. */
import { catalog } from '../catalog/index.ts';
import { type JsonSchema, jsonSchema } from '../catalog/jsonSchema.ts';
import { hasFile, type Operation } from '../catalog/operation.ts';
import { scopeOf } from '../catalog/scopes.ts';
import { composedOperations } from '../gpt/compose/index.ts';
import { ownParameters, passedOn, schemaOf } from '../gpt/parameters.ts';
import { projectionOf } from '../gpt/projections/index.ts';
import type { Arguments, BadArguments, Tool, ToolRequest } from './tool.ts';

/**
 * Of little use in a conversation, or dangerous in one; listed with `?tools=all`. A client reads the whole list, and
 * some take few tools.
 */
export const NOT_CURATED: ReadonlySet<string> = new Set([
  'getRoot',
  'editProfile',
  'getUserSubmissions',
  'getUserContributions',
  'createExport',
  'listExports',
  'getExport',
  'listUploads',
  'getUpload',
  'listOrders',
  'getOrder',
  'updateOrder',
  'listOrderMessages',
  'addOrderMessage',
  'createListing',
  'updateListing',
  'deleteListing',
  'getFee',
  'getFeeWithCurrency',
  // A dossier has both.
  'getCommunityReleaseRating',
  'getReleaseStats',
  'listCollectionFields',
  'editCollectionInstanceField',
  'getCollectionFolder',
  'createCollectionFolder',
  'editCollectionFolder',
  'deleteCollectionFolder',
]);

const snakeCase = (id: string): string => id.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Clients read digits as numbers even where a text is asked for: barcodes, catalogue numbers, years. Patterns and lengths
 * are left to the door, which says what is wrong.
 */
const textOrNumber = (document: JsonSchema): JsonSchema =>
  document['type'] === 'string' && document['enum'] === undefined ? { type: ['string', 'number'] } : document;

/** The answer to a write is short. */
const ownOf = (operation: Operation): ReturnType<typeof ownParameters> =>
  operation.effect === 'read' ? ownParameters(operation, projectionOf(operation)) : [];

function members(operation: Operation): Record<string, JsonSchema> {
  const { pathParameters, query, body } = operation;
  const passed = passedOn(operation).map((name) => [name, query[name]] as const);
  const parameters = [...Object.entries(pathParameters), ...passed].flatMap(([name, parameter]) =>
    parameter
      ? [[name, { ...textOrNumber({ ...parameter.document }), description: parameter.description }] as const]
      : [],
  );
  const own = ownOf(operation).map(
    (parameter) =>
      [
        parameter.name,
        // Words say enough; the instructions have the rest.
        parameter.words
          ? { enum: parameter.words }
          : { ...schemaOf(parameter), description: parameter.description },
      ] as const,
  );
  const inBody = body === undefined ? {} : jsonSchema(body.schema())['properties'];
  return { ...Object.fromEntries([...own, ...parameters]), ...(inBody as Record<string, JsonSchema>) };
}

function inputSchema(operation: Operation): Tool['inputSchema'] {
  const properties = members(operation);
  const required = [...Object.keys(operation.pathParameters), ...(operation.body?.requiredFields ?? [])];
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

/** A text, a number or a switch as the text of a URL; undefined for anything else. */
function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Names are repeated to their sender, but not whole books. */
const shown = (name: string): string => (name.length <= 40 ? name : `${name.slice(0, 40)}…`);
const bad = (message: string): BadArguments => ({ kind: 'bad_arguments', message });

/** Every member has one place: path, query or body. */
function requestOf(
  operation: Operation,
  known: readonly string[],
  given: Arguments,
): ToolRequest | BadArguments {
  const { method, pathParameters, body } = operation;
  const query: Record<string, string> = {};
  const inBody: Record<string, unknown> = {};
  const inQuery = new Set([...passedOn(operation), ...ownOf(operation).map(({ name }) => name)]);
  let path = operation.path;
  for (const name of Object.keys(pathParameters)) {
    const value = asText(given[name]);
    if (value === undefined || value === '') return bad(`${name} is missing: give it as text or number.`);
    path = path.replace(`{${name}}`, encodeURIComponent(value));
  }
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name)) return bad(`${shown(name)} is not known here. Use only: ${known.join(', ')}.`);
    if (Object.hasOwn(pathParameters, name) || value === null || value === undefined) continue;
    const text = asText(value);
    if (inQuery.has(name) && text === undefined) return bad(`${name} must be a text or a number.`);
    if (inQuery.has(name)) query[name] = text ?? '';
    else inBody[name] = value;
  }
  return { method, path, query, body: body ? inBody : undefined };
}

function toolOf(operation: Operation): Tool {
  const { summary, description, effect, method } = operation;
  const schema = inputSchema(operation);
  const known = Object.keys(Object(schema['properties']));
  return {
    name: snakeCase(operation.id),
    title: summary,
    description,
    inputSchema: schema,
    annotations: {
      readOnlyHint: effect === 'read',
      destructiveHint: effect === 'delete',
      idempotentHint: method !== 'POST',
      openWorldHint: true,
    },
    scope: scopeOf(operation),
    request: (given) => requestOf(operation, known, given),
  };
}

const mirrored = catalog.filter(
  (operation) => operation.handledBy === 'discogs' && operation.inOpenApi && !hasFile(operation),
);
/** Made once: their schemas are work for every call otherwise. */
const tools = [...composedOperations, ...mirrored].map((operation) => ({
  id: operation.id,
  tool: toolOf(operation),
}));

/** The tools of a usual conversation, or all of them: those that save calls first, then in the order of the catalog. */
export const operationTools = (all: boolean): readonly Tool[] =>
  tools.filter(({ id }) => all || !NOT_CURATED.has(id)).map(({ tool }) => tool);
