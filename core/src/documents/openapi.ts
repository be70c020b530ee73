/** The catalog as an OpenAPI document, in the dialect that GPT Actions import without loss. */
import { catalog, sections } from '../catalog/index.ts';
import type { Operation } from '../catalog/operation.ts';
import { errorSchemas } from './openapiErrors.ts';
import { headerComponents } from './openapiHeaders.ts';
import { openApiOperation } from './openapiOperation.ts';
import { replySchemas } from './openapiSchemas.ts';
import type { OpenApiDocument, OpenApiOperation } from './openapiTypes.ts';

/** What the catalog does not know. */
export interface OpenApiDocumentOptions {
  readonly title: string;
  readonly version: string;
  /** What it describes; none that is not `inOpenApi`. */
  readonly operations: readonly Operation[];
  /** Bodies of good answers, by the operation's `id`. */
  readonly examples: Readonly<Record<string, unknown>>;
}

/** Stands for the host name of a deployment until the document is published. */
export const HOST_PLACEHOLDER = '{{FUNCTION_HOST}}';

/** The address of the gateway, with the placeholder. */
export const SERVER_URL = `https://${HOST_PLACEHOLDER}/api`;

/** The two notices are asked for by Discogs' API terms of use. */
const DESCRIPTION = [
  'A gateway in front of the Discogs API: search, artists, releases, masters, labels, collections, wantlists and the marketplace, under the paths of Discogs.',
  "This application uses Discogs' API but is not affiliated with, sponsored or endorsed by Discogs. 'Discogs' is a trademark of Zink Media, LLC.",
  'Where the gateway has a catalogue of the monthly dumps, the request header X-Discogs-Source: live or catalogue says which of both is asked; X-Discogs-Source of the answer says which one answered.',
  'Show its data with the words "Data provided by Discogs.", linked to the page in "uri".',
].join('\n\n');

/** Every operation that a program can use. */
export const programOperations: readonly Operation[] = catalog.filter(({ inOpenApi }) => inOpenApi);

/** Beside those of the original. */
const ADDED_FOR_GPTS: ReadonlySet<string> = new Set(['ping', 'getStatus', 'getIdentity', 'getProfile']);

/** The operations that GPTs in use know. A GPT Action takes 30 at most, so that later ones are not among them. */
export const proxyOperations: readonly Operation[] = programOperations.filter(
  ({ id, originalOperationId }) => originalOperationId !== undefined || ADDED_FOR_GPTS.has(id),
);

function pathsOf({ operations, examples }: OpenApiDocumentOptions): OpenApiDocument['paths'] {
  const found: Record<string, Record<string, OpenApiOperation>> = {};
  for (const operation of operations) {
    const { id, path, method } = operation;
    found[path] = { ...found[path], [method.toLowerCase()]: openApiOperation(operation, examples[id]) };
  }
  return found;
}

const components: Pick<OpenApiDocument['components'], 'headers' | 'schemas'> = {
  headers: headerComponents,
  schemas: { ...replySchemas(), ...errorSchemas() },
};

/** The components that `paths` refers to, and those that these refer to, in their usual order. */
function usedComponents(paths: OpenApiDocument['paths']): typeof components {
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, kind = '', name = ''] of JSON.stringify(value).matchAll(
      /"#\/components\/(\w+)\/([^"]+)"/g,
    )) {
      if (used.has(`${kind}/${name}`)) continue;
      used.add(`${kind}/${name}`);
      visit(kind === 'headers' ? components.headers[name] : components.schemas[name]);
    }
  };
  visit(paths);
  const only = <T>(kind: string, all: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => used.has(`${kind}/${name}`)));
  return { headers: only('headers', components.headers), schemas: only('schemas', components.schemas) };
}

/** Builds the document. Pure: same catalog and options, same document. */
export function openApiDocument(options: OpenApiDocumentOptions): OpenApiDocument {
  const { title, version } = options;
  const paths = pathsOf(options);
  return {
    openapi: '3.1.1',
    info: {
      title,
      version,
      description: DESCRIPTION,
      contact: { name: 'Whoever runs this gateway' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    externalDocs: { description: 'The Discogs API', url: 'https://www.discogs.com/developers' },
    tags: sections.map(({ name, description }) => ({ name, description })),
    servers: [{ url: SERVER_URL }],
    security: [{ ApiKeyHeader: [] }],
    paths,
    components: {
      securitySchemes: { ApiKeyHeader: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
      ...usedComponents(paths),
    },
  };
}
