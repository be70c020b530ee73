/** Every trigger of the host: one for each mirrored path, those of the other entry points, a last one for everything else, and the timers. */

import type { HttpMethod } from '@azure/functions';
import { catalog } from '@discogs-agent/core';

/** What `app.http` is told. `route` begins with `api/` itself: host.json sets the host's own prefix to nothing. */
export interface Trigger {
  readonly name: string;
  readonly methods: HttpMethod[];
  readonly route: string;
}

const ALL_METHODS: HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * The host tries functions in the order of their names and takes the first whose route and method fit, so the trigger
 * that fits everything below `/api` must sort last. It turns the host's blank 404 into one that says what is wrong, and
 * takes `/api` itself.
 */
const EVERYTHING_ELSE: Trigger = {
  name: 'zz_everything_else',
  methods: ALL_METHODS,
  route: 'api/{*path}',
};

/**
 * All of the broker: which of its paths there are is its own business, and so is the answer to others. Its versions
 * begin with `v1`, which no path of Discogs does.
 */
const BROKER: Trigger = {
  name: 'broker',
  methods: ALL_METHODS,
  route: 'api/v1/{*path}',
};

/** The door for agents: the same paths, lean. Which of them there are is its own business. */
const GPT: Trigger = {
  name: 'gpt',
  methods: ALL_METHODS,
  route: 'api/gpt/{*path}',
};

/** MCP: which methods there are is the protocol's business. */
const MCP: Trigger = {
  name: 'mcp',
  methods: ALL_METHODS,
  route: 'api/mcp',
};

/** Minute 17 of every hour: at the full one, everybody's timers run. */
export const PRUNE_TIMER = { name: 'broker_prune', schedule: '0 17 * * * *' } as const;

const signInTrigger = (name: string, route: string): Trigger => ({
  name: `sign_in_${name}`,
  methods: ALL_METHODS,
  route,
});

/**
 * The authorization server. Metadata stands at the root of the host, in front of the path of the issuer or resource;
 * some clients look for it behind that path.
 * @see https://www.rfc-editor.org/rfc/rfc8414#section-3.1
 */
export const signInTriggers = (): readonly Trigger[] => [
  signInTrigger('authorize', 'api/authorize/{*path}'),
  signInTrigger('grants', 'api/grants'),
  signInTrigger('metadata', '.well-known/{*path}'),
  signInTrigger('metadata_of_api', 'api/.well-known/{*path}'),
  signInTrigger('metadata_of_mcp', 'api/mcp/.well-known/{*path}'),
  signInTrigger('register', 'api/register'),
  signInTrigger('revoke', 'api/revoke'),
  signInTrigger('token', 'api/token'),
];

/** Removes what nobody can use any more. */
export const SIGN_IN_PRUNE_TIMER = { name: 'sign_in_prune', schedule: '0 47 * * * *' } as const;

/** The broker's triggers for HTTP. */
export const brokerTriggers = (): readonly Trigger[] => [BROKER];

/** One trigger for each path, named after its first operation; `HEAD` is not implied by `GET` and must be listed. */
export function triggers(): readonly Trigger[] {
  const byPath = new Map<string, Trigger>();
  for (const { id, method, path } of catalog) {
    if (path === '/') continue;
    const trigger = byPath.get(path) ?? { name: id, methods: [], route: `api${path}` };
    trigger.methods.push(method, ...(method === 'GET' ? (['HEAD'] as const) : []));
    byPath.set(path, trigger);
  }
  return [...byPath.values(), GPT, MCP, EVERYTHING_ELSE];
}
