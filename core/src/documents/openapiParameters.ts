/** What a caller sends: path, query and body. Everything inline, because GPT Actions drop referenced parameters. */

import { jsonSchema } from '../catalog/jsonSchema.ts';
import type { Operation, OperationBody, OperationUpload } from '../catalog/operation.ts';
import type { Parameter } from '../catalog/parameters.ts';
import type { OpenApiParameter, OpenApiRequestBody } from './openapiTypes.ts';

/** The catalog's example, else a value that is good by definition. */
function exampleOf({ example, document }: Parameter): unknown {
  const { default: byDefault, enum: words } = document;
  return example ?? byDefault ?? (Array.isArray(words) ? words[0] : undefined);
}

function openApiParameter(place: 'path' | 'query', name: string, parameter: Parameter): OpenApiParameter {
  const example = exampleOf(parameter);
  return {
    name,
    in: place,
    required: place === 'path',
    description: parameter.description,
    schema: parameter.document,
    ...(example === undefined ? {} : { example }),
  };
}

/** The parameters of an operation, path first. */
export function openApiParameters({ pathParameters, query }: Operation): readonly OpenApiParameter[] {
  return [
    ...Object.entries(pathParameters).map(([name, parameter]) => openApiParameter('path', name, parameter)),
    ...Object.entries(query).map(([name, parameter]) => openApiParameter('query', name, parameter)),
  ];
}

function uploadBody({ part, mediaType, description, example }: OperationUpload): OpenApiRequestBody {
  const schema = {
    type: 'object',
    properties: { [part]: { type: 'string', contentMediaType: mediaType, description } },
    required: [part],
  };
  const content = { schema, example: { [part]: example }, encoding: { [part]: { contentType: mediaType } } };
  return { required: true, description, content: { 'multipart/form-data': content } };
}

function jsonBody({ required, description, schema, example }: OperationBody): OpenApiRequestBody {
  return {
    required,
    description,
    content: { 'application/json': { schema: jsonSchema(schema()), example } },
  };
}

/** The request body of an operation, where it takes one. */
export function openApiRequestBody({ body, upload }: Operation): OpenApiRequestBody | undefined {
  return upload ? uploadBody(upload) : body && jsonBody(body);
}
