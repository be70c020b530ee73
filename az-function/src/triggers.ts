/** The catalog as HTTP triggers: one for each mirrored path, and a last one for everything else. */

import type { HttpMethod } from '@azure/functions';
import { catalog } from '@discogs-agent/core';

/** What `app.http` is told. `route` has no `/api`, which is the host's default prefix. */
export interface Trigger {
  readonly name: string;
  readonly methods: HttpMethod[];
  readonly route: string;
}

const ALL_METHODS: HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * The host tries functions in the order of their names and takes the first whose route and method fit, so the trigger
 * that fits everything must sort last. It turns the host's blank 404 into one that says what is wrong, and takes `/api`
 * itself: an empty route means the name of the function.
 */
const EVERYTHING_ELSE: Trigger = {
  name: 'zz_everything_else',
  methods: ALL_METHODS,
  route: '{*path}',
};

/**
 * All of the broker: which of its paths there are is its own business, and so is the answer to others. Its versions
 * begin with `v1`, which no path of Discogs does.
 */
const BROKER: Trigger = {
  name: 'broker',
  methods: ALL_METHODS,
  route: 'v1/{*path}',
};

/** The door for agents: the same paths, lean. Which of them there are is its own business. */
const GPT: Trigger = {
  name: 'gpt',
  methods: ALL_METHODS,
  route: 'gpt/{*path}',
};

/** MCP: which methods there are is the protocol's business. */
const MCP: Trigger = {
  name: 'mcp',
  methods: ALL_METHODS,
  route: 'mcp',
};

/** Minute 17 of every hour: at the full one, everybody's timers run. */
export const PRUNE_TIMER = { name: 'broker_prune', schedule: '0 17 * * * *' } as const;

/** The broker's triggers for HTTP. */
export const brokerTriggers = (): readonly Trigger[] => [BROKER];

/** One trigger for each path, named after its first operation; `HEAD` is not implied by `GET` and must be listed. */
export function triggers(): readonly Trigger[] {
  const byPath = new Map<string, Trigger>();
  for (const { id, method, path } of catalog) {
    if (path === '/') continue;
    const trigger = byPath.get(path) ?? { name: id, methods: [], route: path.slice(1) };
    trigger.methods.push(method, ...(method === 'GET' ? (['HEAD'] as const) : []));
    byPath.set(path, trigger);
  }
  return [...byPath.values(), GPT, MCP, EVERYTHING_ELSE];
}
