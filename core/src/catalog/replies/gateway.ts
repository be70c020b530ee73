/** Replies of what the gateway answers by itself. */
import * as z from 'zod/mini';

/** The gateway's own sign of life. */
export const ping = () => z.object({ status: z.literal('ok') });

const count = () => z.int().check(z.minimum(0));

/** Loose: a newer gateway may say more. */
export const status = () =>
  z.looseObject({
    window: z.looseObject({ limit: count(), used: count(), remaining: count(), reset: count() }),
    queue: z.looseObject({ waiting: count() }),
    breaker: z.looseObject({ state: z.enum(['closed', 'open', 'half_open']) }),
    cache: z.looseObject({
      entries: count(),
      bytes: count(),
      hit_ratio: z.number().check(z.minimum(0), z.maximum(1)),
    }),
    store: z.looseObject({ kind: z.enum(['memory', 'tables']), healthy: z.boolean() }),
    version: z.string(),
    outbound: z.enum(['shared', 'fixed']),
    upstream: z.enum(['discogs', 'local', 'other']),
    read_only: z.boolean(),
    uptime_seconds: count(),
    last_hour: z.looseObject({
      requests: count(),
      client_errors: count(),
      rate_limited: count(),
      errors: count(),
    }),
    answered_by: z.looseObject({ discogs: count(), cache: count(), catalogue: count(), proxy: count() }),
    catalogue: z.looseObject({
      state: z.enum(['off', 'ready', 'unavailable']),
      date: z.optional(z.string()),
      fix: z.optional(z.string()),
    }),
    broker: z.looseObject({ enabled: z.boolean() }),
  });
