/** The document without what an importer of a GPT Action reads and forgets: one schema for errors, few headers. */
import type { OpenApiDocument, OpenApiOperation, OpenApiResponse } from './openapiTypes.ts';

/** Headers that tell a client how to go on. */
const KEPT_HEADERS: ReadonlySet<string> = new Set(['Link', 'Retry-After', 'Location']);

const ERROR = {
  type: 'object',
  description: 'What went wrong. docs/errors.md lists the codes.',
  properties: {
    error: { type: 'string', description: 'Stable code.' },
    reason: { type: 'string', description: 'Narrows the code down.' },
    message: { type: 'string', description: 'For people.' },
    trace_id: { type: 'string', description: 'For the owner of the gateway.' },
    reset: {
      anyOf: [{ type: 'integer' }, { type: 'null' }],
      description: 'With rate_limited: seconds to wait.',
    },
  },
  required: ['error'],
} as const;

const isGood = (status: string): boolean => status.startsWith('2') || status === '304';

function shortResponse(status: string, { description, headers, content }: OpenApiResponse): OpenApiResponse {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT_HEADERS.has(name)));
  if (isGood(status)) return { description, headers: kept, ...(content ? { content } : {}) };
  return {
    description,
    headers: kept,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  };
}

const shortOperation = (operation: OpenApiOperation): OpenApiOperation => ({
  ...operation,
  responses: Object.fromEntries(
    Object.entries(operation.responses).map(([status, response]) => [
      status,
      shortResponse(status, response),
    ]),
  ),
});

/** The same operations and good answers in a third of the characters. */
export function shortDocument(document: OpenApiDocument): OpenApiDocument {
  const { headers, schemas, ...components } = document.components;
  const paths = Object.entries(document.paths).map(([path, methods]) => [
    path,
    Object.fromEntries(
      Object.entries(methods).map(([method, operation]) => [method, shortOperation(operation)]),
    ),
  ]);
  const good = Object.entries(schemas).filter(([name]) => !name.startsWith('Error'));
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: {
      ...components,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT_HEADERS.has(name))),
      schemas: { ...Object.fromEntries(good), Error: ERROR },
    },
  };
}
