/** The query string against the parameters of an operation. */
import type { Operation } from '../../catalog/operation.ts';
import type { Refusal } from '../failure.ts';
import { parseQuery } from './parseQuery.ts';

/** What is sent on, and what is not. */
export interface CheckedQuery {
  readonly values: readonly (readonly [string, string])[];
  /** Names that the operation does not have. Dropped, so that none of them can reach Discogs. */
  readonly ignored: readonly string[];
}

type Pairs = readonly (readonly [string, string])[];

/** Of a repeated name the first value counts, as at Discogs; an empty value counts as absent. */
function firstValues(pairs: Pairs): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (value !== '' && !values.has(name)) values.set(name, value);
  }
  return values;
}

/** Discogs documents the search text as `query` in places; its wire name is `q`. */
function applyAlias(operation: Operation, values: Map<string, string>): void {
  const alias = values.get('query');
  if (alias === undefined || !operation.query['q'] || values.has('q')) return;
  values.set('q', alias);
  values.delete('query');
}

const invalid = (field: string, problem: string): Refusal => ({
  code: 'invalid_request',
  reason: 'invalid_parameter',
  field,
  message: `${field} ${problem}.`,
});

/** A parameter whose empty value Discogs would replace by something that the caller did not ask for. */
function emptyParameter({ query }: Operation, pairs: Pairs): Refusal | undefined {
  for (const [name, parameter] of Object.entries(query)) {
    if (parameter.refuseEmpty && pairs.some(([given, value]) => given === name && value === '')) {
      return invalid(name, parameter.problem);
    }
  }
  return undefined;
}

/** Checks `raw` and writes its values as Discogs documents them. */
export function checkQuery(operation: Operation, raw: string): CheckedQuery | Refusal {
  const pairs = parseQuery(raw);
  if (!pairs) {
    return {
      code: 'invalid_request',
      reason: 'invalid_encoding',
      message: 'The query string is not valid percent-encoded UTF-8.',
    };
  }
  const empty = emptyParameter(operation, pairs);
  if (empty) return empty;
  const given = firstValues(pairs);
  applyAlias(operation, given);
  const values: [string, string][] = [];
  const ignored: string[] = [];
  for (const [name, value] of given) {
    const parameter = Object.hasOwn(operation.query, name) ? operation.query[name] : undefined;
    if (!parameter) ignored.push(name);
    else if (!parameter.accepts(value)) return invalid(name, parameter.problem);
    else values.push([name, parameter.canonical?.(value) ?? value]);
  }
  const { requireOneOf } = operation;
  if (requireOneOf && !values.some(([name]) => requireOneOf.includes(name))) {
    return { code: 'no_supported_search_params' };
  }
  return { values, ignored };
}
