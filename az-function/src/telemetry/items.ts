/** From facts to what Application Insights keeps. Pure. */
import type { AttemptEvent, LogEvent } from '@discogs-agent/core';
import { mask } from './mask.ts';

/** A row of `customEvents`. */
export interface EventItem {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** A measured number, for `customMetrics`. */
export interface MetricItem {
  readonly name: string;
  readonly value: number;
  readonly properties?: Readonly<Record<string, string>>;
}

/** A row of `dependencies`. */
export interface DependencyItem {
  readonly method: string;
  readonly name: string;
  readonly data: string;
  readonly resultCode: string;
  readonly success: boolean;
  readonly properties: Readonly<Record<string, string>>;
}

const EVENTS = { call: 'discogs_proxy_call', rejected: 'discogs_proxy_rejected' } as const;

const textOf = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** The members of a line by their names; what the line has not, or has as `null`, is left out. */
export function eventOf({ kind, members }: LogEvent, secrets: readonly string[]): EventItem {
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined && value !== null) properties[name] = mask(textOf(value), secrets);
  }
  return { name: EVENTS[kind], properties };
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** The numbers of a call. A refusal has none. */
export function metricsOf({ kind, members, waiting = 0 }: LogEvent): readonly MetricItem[] {
  if (kind === 'rejected') return [];
  const { cache } = members;
  return [
    { name: 'discogs_budget_remaining', value: numberOf(members['budget_remaining']) },
    { name: 'discogs_wait_ms', value: numberOf(members['waited_ms']) },
    { name: 'discogs_queue', value: waiting },
    { name: 'discogs_retries', value: Math.max(0, numberOf(members['attempts']) - 1) },
    // A write has no part in the cache.
    ...(typeof cache === 'string'
      ? [{ name: 'discogs_cache', value: 1, properties: { outcome: cache } }]
      : []),
  ];
}

/** One request to Discogs. Its name has the path's template, so that all records of a kind are one row of a table. */
export function dependencyOf(fact: AttemptEvent, secrets: readonly string[]): DependencyItem {
  const { operation, outcome, attempt, traceId } = fact;
  return {
    method: operation.method,
    name: `${operation.method} ${operation.path}`,
    data: mask(fact.path, secrets),
    resultCode: String(outcome),
    success: typeof outcome === 'number' && outcome < 400,
    properties: {
      operation: operation.id,
      entity: operation.entity,
      attempt: String(attempt),
      trace_id: traceId,
    },
  };
}
