/** Routing as the Azure Functions host does it: in the order of names, first match wins, literals ignore case. */
import type { HttpFunction } from './worker.ts';

/** The prefix of every route; host.json does not change it. */
export const ROUTE_PREFIX = '/api';

/** The function for a request, with its path parameters. */
export interface RouteMatch {
  readonly target: HttpFunction;
  readonly params: Record<string, string>;
}

const decoded = (segment: string): string =>
  segment
    .split(/%2f/i)
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    })
    .join('%2F');

/**
 * The path as the host shows it to a function: dot segments gone, percent-encoding taken off and put on again, an
 * encoded slash left alone.
 */
export function normalizePath(rawPath: string): string {
  const { pathname } = new URL(rawPath.split(/[?#]/, 1)[0] || '/', 'http://localhost');
  return pathname
    .split('/')
    .map((segment) =>
      decoded(segment)
        .split('%2F')
        .map((part) => encodeURIComponent(part).replace(/%(3A|40|24|26|2B|2C|3B|3D)/g, decodeURIComponent))
        .join('%2F'),
    )
    .join('/');
}

function paramsOf(route: string, segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  const patterns = route.split('/');
  for (const [index, pattern] of patterns.entries()) {
    const name = /^\{(\*?)(\w+)\}$/.exec(pattern);
    if (name?.[1] === '*') {
      const rest = segments.slice(index).map(decoded).join('/');
      return rest === '' ? params : { ...params, [name[2] ?? '']: rest };
    }
    const segment = segments[index];
    if (segment === undefined || segment === '') return undefined;
    if (name) params[name[2] ?? ''] = decoded(segment);
    else if (pattern.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return segments.length === patterns.length ? params : undefined;
}

/** Finds the function for a method and a normalized path; a trailing slash is ignored, a double one fits nothing. */
export function findFunction(
  functions: readonly HttpFunction[],
  method: string,
  path: string,
): RouteMatch | undefined {
  const lower = path.toLowerCase();
  if (lower !== ROUTE_PREFIX && !lower.startsWith(`${ROUTE_PREFIX}/`)) return undefined;
  const segments = path
    .slice(ROUTE_PREFIX.length + 1)
    .replace(/\/$/, '')
    .split('/');
  if (segments.length > 1 && segments.includes('')) return undefined;
  for (const target of functions) {
    if (!target.methods.includes(method)) continue;
    const params = paramsOf(target.route, segments);
    if (params) return { target, params };
  }
  return undefined;
}
