/** Finds the operation for a method and a path, as triggers and local host must agree on it. */
import { catalog } from './index.ts';
import type { Operation } from './operation.ts';

/** `path` values are still percent-encoded. */
export type Match =
  | {
      readonly kind: 'operation';
      readonly operation: Operation;
      readonly path: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'other_methods'; readonly allow: readonly string[] }
  | { readonly kind: 'nothing' };

interface Route {
  readonly segments: readonly string[];
  readonly operations: Operation[];
}

const isParameter = (segment: string): boolean => segment.startsWith('{');

const parameterCount = ({ segments }: Route): number => segments.filter(isParameter).length;

function buildRoutes(operations: readonly Operation[]): readonly Route[] {
  const byPath = new Map<string, Route>();
  for (const operation of operations) {
    const route = byPath.get(operation.path) ?? {
      segments: operation.path.slice(1).split('/'),
      operations: [],
    };
    route.operations.push(operation);
    byPath.set(operation.path, route);
  }
  // `upload/add` comes before `upload/{id}`, which fits it, too.
  return [...byPath.values()].sort((a, b) => parameterCount(a) - parameterCount(b));
}

/** Literals ignore case, as routes of an Azure Functions host do. */
const fits = ({ segments: patterns }: Route, segments: readonly string[]): boolean =>
  patterns.length === segments.length &&
  patterns.every((pattern, index) => {
    const segment = segments[index] ?? '';
    return isParameter(pattern) ? segment !== '' : pattern === segment || pattern === segment.toLowerCase();
  });

function pathValues({ segments: patterns }: Route, segments: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [index, pattern] of patterns.entries()) {
    if (isParameter(pattern)) values[pattern.slice(1, -1)] = segments[index] ?? '';
  }
  return values;
}

function allowed(operations: readonly Operation[]): readonly string[] {
  const methods = operations.map((operation) => operation.method as string);
  return methods.includes('GET') ? ['GET', 'HEAD', ...methods.filter((method) => method !== 'GET')] : methods;
}

/** Makes a matcher for a list of operations. */
export function createMatcher(operations: readonly Operation[]): (method: string, path: string) => Match {
  const routes = buildRoutes(operations);
  return (method, path) => {
    if (path === '') return { kind: 'nothing' };
    const segments = path
      .replace(/^\//, '')
      .replace(/(?<=.)\/$/, '')
      .split('/');
    const wanted = method === 'HEAD' ? 'GET' : method;
    const route = routes.find((candidate) => fits(candidate, segments));
    if (!route) return { kind: 'nothing' };
    const operation = route.operations.find((candidate) => candidate.method === wanted);
    return operation
      ? { kind: 'operation', operation, path: pathValues(route, segments) }
      : { kind: 'other_methods', allow: allowed(route.operations) };
  };
}

/**
 * The operation of `method` and `path` (without `/api`, percent-encoded, no query). `HEAD` finds what `GET` finds.
 * One trailing slash is ignored, as the Azure Functions host ignores it; only the root of Discogs is nothing else.
 */
export const match = createMatcher(catalog);
