/** Step 3 of the pipeline: path, query and body against the operation's schemas. */
import type { Operation } from '../../catalog/operation.ts';
import { isInteger } from '../../catalog/parameters.ts';
import type { CheckedInput } from '../../discogs/request.ts';
import type { Call } from '../../lib/call.ts';
import type { Refusal } from '../failure.ts';
import { checkBody } from './checkBody.ts';

type Values = readonly (readonly [string, string])[];

const invalid = (reason: 'invalid_path' | 'invalid_parameter', field: string, problem: string): Refusal => ({
  code: 'invalid_request',
  reason,
  field,
  message: `${field} ${problem}.`,
});

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function checkPath(
  operation: Operation,
  raw: Readonly<Record<string, string>>,
): Record<string, string> | Refusal {
  const values: Record<string, string> = {};
  for (const [name, parameter] of Object.entries(operation.pathParameters)) {
    const value = decode(raw[name] ?? '');
    if (value === undefined || !parameter.accepts(value)) {
      return isInteger(parameter) && !/^[0-9]+$/.test(value ?? '')
        ? { code: 'not_an_integer', field: name }
        : invalid('invalid_path', name, parameter.problem);
    }
    values[name] = value;
  }
  return values;
}

/** Names and values of a query string; a repeated name is one value joined by commas, as the original saw it. */
function parseQuery(raw: string): Map<string, string> | undefined {
  const values = new Map<string, string>();
  for (const pair of raw.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode((equals === -1 ? pair : pair.slice(0, equals)).replaceAll('+', ' '));
    const value = decode(equals === -1 ? '' : pair.slice(equals + 1).replaceAll('+', ' '));
    if (name === undefined || value === undefined) return undefined;
    // An empty value counts as absent.
    if (value === '') continue;
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return values;
}

/** Discogs documents the search text as `query` in places; its wire name is `q`. */
function applyAlias(operation: Operation, values: Map<string, string>): void {
  const alias = values.get('query');
  if (alias !== undefined && operation.query['q'] && !values.has('q')) values.set('q', alias);
}

function checkQuery(operation: Operation, raw: string): Values | Refusal {
  const values = parseQuery(raw);
  if (!values) {
    return {
      code: 'invalid_request',
      reason: 'invalid_encoding',
      message: 'The query string is not valid percent-encoded UTF-8.',
    };
  }
  applyAlias(operation, values);
  const checked: [string, string][] = [];
  for (const [name, value] of values) {
    const parameter = Object.hasOwn(operation.query, name) ? operation.query[name] : undefined;
    if (!parameter) continue;
    if (!parameter.accepts(value)) return invalid('invalid_parameter', name, parameter.problem);
    checked.push([name, value]);
  }
  const { requireOneOf } = operation;
  if (requireOneOf && !checked.some(([name]) => requireOneOf.includes(name))) {
    return { code: 'no_supported_search_params' };
  }
  return checked;
}

const isRefusal = (value: object): value is Refusal => 'code' in value && !Array.isArray(value);

/** Checks everything a caller sent. Unknown query parameters are dropped, so none of them can reach Discogs. */
export function checkInput(
  operation: Operation,
  rawPath: Readonly<Record<string, string>>,
  call: Call,
): CheckedInput | Refusal {
  const path = checkPath(operation, rawPath);
  if (isRefusal(path)) return path;
  const query = checkQuery(operation, call.query);
  if (isRefusal(query)) return query;
  const body = checkBody(operation, call);
  if (body && 'code' in body) return body;
  return { path, query, body: body?.bytes, contentType: body?.contentType };
}
