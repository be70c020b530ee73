/** The catalog as HTTP triggers: one for each mirrored path, and a last one for everything else. */

import type { HttpMethod } from '@azure/functions';
import { catalog } from '@discogs-agent/core';

/** What `app.http` is told. `route` has no `/api`, which is the host's default prefix. */
export interface Trigger {
  readonly name: string;
  readonly methods: HttpMethod[];
  readonly route: string;
}

/**
 * The host tries functions in the order of their names and takes the first whose route and method fit, so the trigger
 * that fits everything must sort last. It turns the host's blank 404 into one that says what is wrong.
 */
const EVERYTHING_ELSE: Trigger = {
  name: 'zz_everything_else',
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  route: '{*path}',
};

/** One trigger for each path, named after its first operation; `HEAD` is not implied by `GET` and must be listed. */
export function triggers(): readonly Trigger[] {
  const byPath = new Map<string, Trigger>();
  for (const { id, method, path } of catalog) {
    const trigger = byPath.get(path) ?? { name: id, methods: [], route: path.slice(1) };
    trigger.methods.push(method, ...(method === 'GET' ? (['HEAD'] as const) : []));
    byPath.set(path, trigger);
  }
  return [...byPath.values(), EVERYTHING_ELSE];
}
