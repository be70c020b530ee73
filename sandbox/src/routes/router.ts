/** Finds the route of a path; an unknown path is 404, a known path with another verb 405. */
import { noResource, wrongVerb } from '../http/errors.ts';
import type { Reply } from '../http/reply.ts';
import type { Call, Route } from './call.ts';

const DIGITS = /^\d{1,15}$/;

function matchPattern(
  pattern: readonly string[],
  path: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = path[index] ?? '';
    if (!expected.startsWith(':')) {
      if (actual !== expected) return undefined;
      continue;
    }
    if (actual === '' || (expected.endsWith('_id') && !DIGITS.test(actual))) return undefined;
    params[expected.slice(1)] = actual;
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function createRouter(routes: readonly Route[]): (call: Omit<Call, 'params'>) => Reply {
  const compiled = routes.map((route) => ({ ...route, segments: route.pattern.split('/') }));
  return (call) => {
    const path = call.path.split('/').map(decoded);
    const method = call.method === 'HEAD' ? 'GET' : call.method;
    let pathKnown = false;
    for (const route of compiled) {
      const params = matchPattern(route.segments, path);
      if (params === undefined) continue;
      if (route.method === method) return route.handle({ ...call, params });
      pathKnown = true;
    }
    return pathKnown ? wrongVerb(call.method) : noResource();
  };
}
