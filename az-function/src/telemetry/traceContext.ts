/** Whose child a record is, for an SDK that asks a global context. */
import {
  type Context,
  type ContextManager,
  createContextKey,
  isSpanContextValid,
  ROOT_CONTEXT,
  TraceFlags,
  trace,
} from '@opentelemetry/api';

const TRACE_PARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/;
const AT = createContextKey('discogs-agent: when it happened');

/**
 * The context of a record: the invocation as its parent, and the time at which it happened.
 *
 * The parent is taken for sampled whatever its flags say. The host decides about its own rows; ours are few, and a
 * count that misses some is worse than none.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function contextOf(traceParent: string | undefined, at: number): Context {
  const timed = ROOT_CONTEXT.setValue(AT, at);
  const [, traceId = '', spanId = ''] = TRACE_PARENT.exec(traceParent ?? '') ?? [];
  const parent = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
  return isSpanContextValid(parent) ? trace.setSpanContext(timed, parent) : timed;
}

/** The time in a context of {@link contextOf}, in milliseconds since 1970. */
export function timeOf(context: Context | undefined): number | undefined {
  const at = context?.getValue(AT);
  return typeof at === 'number' ? at : undefined;
}

/**
 * A context that holds while a function runs and not a moment longer. The SDK's own follows promises, for which Node
 * hooks into every one of the process; records are made at once, so that nothing has to be followed.
 */
export class SynchronousContext implements ContextManager {
  #current: Context = ROOT_CONTEXT;

  active(): Context {
    return this.#current;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    run: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    const before = this.#current;
    this.#current = context;
    try {
      return run.apply(self, args);
    } finally {
      this.#current = before;
    }
  }

  bind<T>(_context: Context, target: T): T {
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }
}
