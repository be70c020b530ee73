/** One operation of the catalog as an OpenAPI operation. */
import { sections } from '../catalog/index.ts';
import type { Operation } from '../catalog/operation.ts';
import { errorResponses } from './openapiErrors.ts';
import { headerReferences, successHeaders } from './openapiHeaders.ts';
import { openApiParameters, openApiRequestBody } from './openapiParameters.ts';
import { replySchema } from './openapiSchemas.ts';
import type { OpenApiContent, OpenApiOperation, OpenApiResponse } from './openapiTypes.ts';

const hasBody = (status: number): boolean => status !== 204 && status !== 205;

function replyContent({ reply }: Operation, example: unknown): { content?: OpenApiContent } {
  const { schema, mediaType = 'application/json' } = reply;
  const shown = example === undefined ? {} : { example };
  if (schema) return { content: { [mediaType]: { schema: replySchema(schema), ...shown } } };
  return reply.mediaType ? { content: { [mediaType]: { schema: { type: 'string' }, ...shown } } } : {};
}

function successResponses(operation: Operation, example: unknown): Readonly<Record<string, OpenApiResponse>> {
  const { handledBy, effect, reply } = operation;
  const headers = headerReferences(successHeaders(operation));
  const good = reply.statuses.map((status) => [
    String(status),
    hasBody(status)
      ? { description: reply.description, headers, ...replyContent(operation, example) }
      : { description: 'Done; Discogs says no more.', headers },
  ]);
  const unchanged =
    handledBy === 'discogs' && effect === 'read'
      ? { 304: { description: 'Still what the ETag in If-None-Match stands for. No body.', headers } }
      : {};
  return { ...Object.fromEntries(good), ...unchanged };
}

/** The name of an operation in the document, and so the function name that a GPT sees. */
export const operationIdOf = ({ id, originalOperationId }: Operation): string => originalOperationId ?? id;

/** Projects `operation`; `example` is the body of a good answer. */
export function openApiOperation(operation: Operation, example: unknown): OpenApiOperation {
  const { summary, description, documentation, effect, needsKey } = operation;
  const parameters = openApiParameters(operation);
  const requestBody = openApiRequestBody(operation);
  return {
    operationId: operationIdOf(operation),
    tags: sections.filter(({ operations }) => operations.includes(operation)).map(({ name }) => name),
    summary,
    description,
    ...(documentation === undefined ? {} : { externalDocs: { url: documentation } }),
    'x-openai-isConsequential': effect !== 'read',
    ...(needsKey ? {} : { security: [] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(requestBody ? { requestBody } : {}),
    responses: { ...successResponses(operation, example), ...errorResponses(operation) },
  };
}
