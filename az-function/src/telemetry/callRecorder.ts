/** What telemetry has to know of an invocation. */
import type { HttpRequest, InvocationContext } from '@azure/functions';
import type { Log } from '@discogs-agent/core';
import type { Telemetry } from './telemetry.ts';

const CREDENTIALS = ['x-api-key', 'authorization', 'x-functions-key'] as const;
/** They are kept until the call is handed over; nothing longer is a credential that this app takes. */
const MOST_CHARS = 4096;

/** The recorder of one call: a child of its invocation, blind to the credentials that came with it. */
export function callRecorder(
  telemetry: Telemetry | undefined,
  { headers }: HttpRequest,
  { traceContext }: InvocationContext,
): Log['record'] {
  if (!telemetry) return undefined;
  const secrets = CREDENTIALS.flatMap((name) => {
    const value = headers.get(name);
    // The word before a token is the name of its scheme.
    return value === null || value.length > MOST_CHARS ? [] : [value, ...value.split(' ').slice(1)];
  });
  return telemetry.recorder(traceContext?.traceParent, secrets);
}
