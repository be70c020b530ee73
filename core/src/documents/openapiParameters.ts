/** What a caller sends: path, query and body. Everything inline, because GPT Actions drop referenced parameters. */

import { jsonSchema } from '../catalog/jsonSchema.ts';
import type { Operation, OperationBody } from '../catalog/operation.ts';
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

/** The request body of an operation. */
export function openApiRequestBody({
  required,
  description,
  schema,
  example,
}: OperationBody): OpenApiRequestBody {
  return {
    required,
    description,
    content: { 'application/json': { schema: jsonSchema(schema()), example } },
  };
}
