/** A log whose lines belong to the invocation during which they are written; one for all would show in nobody's. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationContext } from '@azure/functions';
import type { Log } from '@discogs-agent/core';

/** Runs `work` so that its lines are those of `context`. */
export type InInvocation = <T>(context: InvocationContext, work: () => T) => T;

/** Makes a log, and what leads its lines. */
export function invocationLog(): { readonly log: Log; readonly inInvocation: InInvocation } {
  const invocation = new AsyncLocalStorage<InvocationContext>();
  return {
    inInvocation: (context, work) => invocation.run(context, work),
    log: {
      info(line) {
        const context = invocation.getStore();
        if (context) context.log(line);
        else console.info(line);
      },
      warn: (line) => (invocation.getStore() ?? console).warn(line),
      error: (line) => (invocation.getStore() ?? console).error(line),
    },
  };
}
