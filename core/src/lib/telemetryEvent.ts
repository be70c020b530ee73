/** What an observer of the gateway is told beside the lines of the log: the same facts, not yet text. */

/** One request that really left for Discogs. A read may have two, a kept answer has none. */
export interface AttemptEvent {
  readonly kind: 'attempt';
  /** An operation of the catalog: its path is the template. */
  readonly operation: {
    readonly id: string;
    readonly entity: string;
    readonly method: string;
    readonly path: string;
  };
  readonly traceId: string;
  /** Percent-encoded, without query. */
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  /** On the gateway's clock, in milliseconds. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  /** The status that arrived, or why none did. Never the answer itself, which an observer would keep in memory. */
  readonly outcome: number | string;
}

/** A line of the log that is JSON, before it becomes text. Members that are undefined are not in the line. */
export interface LogEvent {
  readonly kind: 'call' | 'rejected';
  readonly members: Readonly<Record<string, unknown>>;
  /** Calls that wait for a slot; known for `call` only. */
  readonly waiting?: number;
}

/** Something that happened. Values are as the caller sent them: whoever hands them on masks them. */
export type TelemetryEvent = AttemptEvent | LogEvent;
