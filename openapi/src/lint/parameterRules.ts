/** Rules about the parameters of one operation. */
import { isObject, type JsonObject, listAt, objectAt, textAt } from './json.ts';
import type { Place } from './operations.ts';

const MAX_DESCRIPTION_CHARS = 700;
const FLAT_TYPES: ReadonlySet<unknown> = new Set(['string', 'integer', 'number', 'boolean']);

function parameterProblems(parameter: JsonObject): readonly string[] {
  // The importer drops the whole operation.
  if ('$ref' in parameter) return ['a parameter must not be a reference'];
  const name = textAt(parameter, 'name');
  const place = textAt(parameter, 'in');
  const { length } = textAt(parameter, 'description');
  return [
    ...(place === 'path' || place === 'query'
      ? []
      : [`parameter ${name} is in ${place}; only path and query work`]),
    ...(FLAT_TYPES.has(objectAt(parameter, 'schema')['type'])
      ? []
      : [`parameter ${name} must be a text, a number or a boolean`]),
    ...(length > 0 && length <= MAX_DESCRIPTION_CHARS
      ? []
      : [`parameter ${name} needs a description of 1 to ${MAX_DESCRIPTION_CHARS} characters`]),
  ];
}

function pathProblems(path: string, parameters: readonly JsonObject[]): readonly string[] {
  const declared = parameters.filter((parameter) => parameter['in'] === 'path');
  const names = declared.map((parameter) => textAt(parameter, 'name'));
  const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return [
    ...wanted.filter((name) => !names.includes(name)).map((name) => `path parameter ${name} is missing`),
    ...names.filter((name) => !wanted.includes(name)).map((name) => `path has no {${name}}`),
    ...declared
      .filter(({ required }) => required !== true)
      .map((parameter) => `path parameter ${textAt(parameter, 'name')} must be required`),
  ];
}

/** Every rule about parameters. */
export function parameterRules({ path, operation }: Place): readonly string[] {
  const parameters = listAt(operation, 'parameters').filter(isObject);
  return [...parameters.flatMap(parameterProblems), ...pathProblems(path, parameters)];
}
