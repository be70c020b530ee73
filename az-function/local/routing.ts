/** Routing as the Azure Functions host does it: in the order of names, first match wins, literals ignore case. */
import type { HttpFunction } from './httpFunction.ts';

/** The function for a request, with its path parameters. */
export interface RouteMatch {
  readonly target: HttpFunction;
  readonly params: Record<string, string>;
}

/** Where a function is found. */
export type Route = Pick<HttpFunction, 'name' | 'route' | 'methods'>;

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}

function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    if (segment !== '.' && segment !== '..') {
      kept.push(segment);
      continue;
    }
    if (segment === '..') kept.pop();
    if (index === segments.length - 1) kept.push('');
  }
  return `/${kept.join('/')}`;
}

/** The path on which the host routes: decoded once, but for the encoded slash, and without dot segments. */
export function readPath(target: string): string {
  const raw = target.startsWith('/') || !URL.canParse(target) ? target : new URL(target).pathname;
  const path = raw.split(/[?#]/, 1)[0] ?? '';
  return withoutDotSegments(path.replace(/(?:%(?!2f)[0-9a-f]{2})+/gi, decodeRun));
}

/**
 * The path as `request.url` shows it, encoded again. The host takes whatever then looks like an encoded character for
 * one, so `%2541` arrives as `%41`, and two paths of a client can become one.
 */
export function writePath(path: string): string {
  return path.replace(/%[0-9a-f]{2}|[^\w.~!$&'()*+,;=:@/-]/giu, (found) =>
    found.length === 3 ? found : encodeURIComponent(found),
  );
}

function paramsOf(
  route: string,
  segments: readonly string[],
  end: '' | '/',
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  const patterns = route.split('/');
  for (const [index, pattern] of patterns.entries()) {
    const [, star, name] = /^\{(\*?)(\w+)\}$/.exec(pattern) ?? [];
    if (name !== undefined && star === '*') {
      const rest = segments.slice(index).join('/');
      return rest === '' ? params : { ...params, [name]: rest + end };
    }
    const segment = segments[index];
    if (segment === undefined || segment === '') return undefined;
    if (name !== undefined) params[name] = segment;
    else if (pattern.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return segments.length === patterns.length ? params : undefined;
}

/** The order in which the host tries functions: by name, upper and lower case alike, in the order of characters. */
export function byName(a: Route, b: Route): number {
  const [left, right] = [a.name.toUpperCase(), b.name.toUpperCase()];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The functions whose route fits a path from {@link readPath}: a trailing slash is ignored, a double one fits nothing. */
function* routesOf(functions: readonly HttpFunction[], path: string): Generator<RouteMatch> {
  if (path.includes('//')) return;
  const segments = path.slice(1).split('/');
  const end = segments.length > 1 && segments.at(-1) === '' ? '/' : '';
  if (end === '/') segments.pop();
  for (const target of functions) {
    const params = paramsOf(target.route, segments, end);
    if (params) yield { target, params };
  }
}

/** Finds the function for a method and a path. */
export function findFunction(
  functions: readonly HttpFunction[],
  method: string,
  path: string,
): RouteMatch | undefined {
  for (const found of routesOf(functions, path)) {
    if (found.target.methods.some((listed) => listed.toUpperCase() === method.toUpperCase())) return found;
  }
  return undefined;
}

/** The methods that the first function with a fitting route takes; none where no route fits. */
export function methodsOf(functions: readonly HttpFunction[], path: string): readonly string[] {
  const [first] = routesOf(functions, path);
  return first?.target.methods ?? [];
}
