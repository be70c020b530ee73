/** Rules about one operation. */
import { type JsonObject, objectAt, textAt } from './json.ts';
import type { Place } from './operations.ts';

type OperationRule = (place: Place) => readonly string[];

const MAX_TEXT_CHARS = 300;
const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'delete']);

const method: OperationRule = (place) =>
  METHODS.has(place.method) ? [] : ['only get, post, put and delete are taken'];

const operationId: OperationRule = ({ operation }) =>
  /^[A-Za-z0-9_]{1,64}$/.test(textAt(operation, 'operationId'))
    ? []
    : ['operationId must have 1 to 64 letters, digits or underscores'];

const texts: OperationRule = ({ operation }) =>
  ['summary', 'description'].flatMap((name) => {
    const { length } = textAt(operation, name);
    return length > 0 && length <= MAX_TEXT_CHARS
      ? []
      : [`${name} must have 1 to ${MAX_TEXT_CHARS} characters`];
  });

const consequential: OperationRule = ({ operation }) =>
  typeof operation['x-openai-isConsequential'] === 'boolean'
    ? []
    : ['x-openai-isConsequential must be true or false'];

function bodyProblem(schema: JsonObject): string | undefined {
  if (['oneOf', 'anyOf', 'allOf', '$ref'].some((key) => key in schema)) {
    return 'the request body must not be composed or referenced';
  }
  if (schema['type'] !== 'object') return 'the request body must be an object';
  const fields = Object.keys(objectAt(schema, 'properties'));
  return fields.length > 0 ? undefined : 'the request body must list its properties';
}

const requestBody: OperationRule = ({ operation }) => {
  if (!('requestBody' in operation)) return [];
  const problem = bodyProblem(objectAt(operation, 'requestBody', 'content', 'application/json', 'schema'));
  return problem === undefined ? [] : [problem];
};

const isError = (status: string): boolean => !/^[123]/.test(status);

const responses: OperationRule = ({ operation }) => {
  const entries = Object.keys(objectAt(operation, 'responses'));
  const success = entries.some((status) => /^2/.test(status)) ? [] : ['no success status is described'];
  const problems = entries.flatMap((status) => {
    const response = objectAt(operation, 'responses', status);
    const schema = objectAt(response, 'content', 'application/json', 'schema');
    if (textAt(response, 'description') === '') return [`response ${status} has no description`];
    return isError(status) && Object.keys(schema).length === 0 ? [`response ${status} has no schema`] : [];
  });
  return [...success, ...problems];
};

/** In the order in which their problems are listed. */
export const operationRules: readonly OperationRule[] = [
  method,
  operationId,
  texts,
  consequential,
  requestBody,
  responses,
];
