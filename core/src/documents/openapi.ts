/** The catalog as an OpenAPI document, in the dialect that GPT Actions import without loss. */
import { catalog, sections } from '../catalog/index.ts';
import { errorSchemas } from './openapiErrors.ts';
import { headerComponents } from './openapiHeaders.ts';
import { openApiOperation } from './openapiOperation.ts';
import { replySchemas } from './openapiSchemas.ts';
import type { OpenApiDocument, OpenApiOperation } from './openapiTypes.ts';

/** What the catalog does not know. */
export interface OpenApiDocumentOptions {
  readonly title: string;
  readonly version: string;
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
  'Show its data with the words "Data provided by Discogs.", linked to the page in "uri".',
].join('\n\n');

function paths(examples: Readonly<Record<string, unknown>>): OpenApiDocument['paths'] {
  const found: Record<string, Record<string, OpenApiOperation>> = {};
  for (const operation of catalog.filter(({ inOpenApi }) => inOpenApi)) {
    const { id, path, method } = operation;
    found[path] = { ...found[path], [method.toLowerCase()]: openApiOperation(operation, examples[id]) };
  }
  return found;
}

/** Builds the document. Pure: same catalog and options, same document. */
export function openApiDocument({ title, version, examples }: OpenApiDocumentOptions): OpenApiDocument {
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
    paths: paths(examples),
    components: {
      securitySchemes: { ApiKeyHeader: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
      headers: headerComponents,
      schemas: { ...replySchemas(), ...errorSchemas() },
    },
  };
}
