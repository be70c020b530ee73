/** The part of telemetry that loads with the entry: it notes facts and leaves all work for later. */
import { errorName, type Log, type TelemetryEvent } from '@discogs-agent/core';

/** A fact, with what only its own invocation knows. */
export interface Noted {
  readonly fact: TelemetryEvent;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** W3C trace context of the invocation; undefined for work behind an answer. */
  readonly traceParent: string | undefined;
  /** Credentials that came with the request, which no text of it may show. */
  readonly secrets: readonly string[];
}

/** Takes facts to where they are kept. */
export interface TelemetrySink {
  take(noted: readonly Noted[]): void;
  /** Sends what it has. */
  flush(): Promise<void>;
}

/** Dependencies of the telemetry. */
export interface TelemetryOptions {
  readonly load: () => Promise<TelemetrySink>;
  readonly log: Pick<Log, 'warn'>;
  readonly now: () => number;
}

/** Notes facts, and hands them on when nobody waits. */
export interface Telemetry {
  /** What a call's log needs. */
  recorder(traceParent: string | undefined, secrets: readonly string[]): (fact: TelemetryEvent) => void;
  /** A call begins; the result says that its answer is ready. */
  begin(): () => void;
  /** Sends what there is, within the time that the platform gives to a process that ends. */
  end(): Promise<void>;
}

/** Enough for a minute at the limit of Discogs, and for a burst of kept answers between two hand-overs. */
const MAX_NOTED = 2000;
/** Loading takes CPU from whoever calls meanwhile: the answers of a first conversation go before. */
const LOAD_AFTER_MS = 2000;
const HAND_OVER_MS = 1000;
/** A fact costs the SDK 0.03 to 0.1 ms; calls get their turn in between. */
const SLICE = 50;
/** After so many looks, each a hand-over apart, it loads while calls are under way. */
const MOST_LOOKS = 20;
/** The host waits about five seconds for a worker that it ends. */
const END_MS = 3000;

/** Makes the telemetry of one process. Without a first answer it never loads anything. */
export function createTelemetry({ load, log, now }: TelemetryOptions): Telemetry {
  let noted: Noted[] = [];
  let dropped = 0;
  let underWay = 0;
  let answered = false;
  let loading: Promise<TelemetrySink | undefined> | undefined;
  let broken = false;
  let timer: NodeJS.Timeout | undefined;

  function later(run: () => void, ms: number): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      run();
    }, ms).unref();
  }

  function open(): Promise<TelemetrySink | undefined> {
    loading ??= load().catch((error: unknown) => {
      broken = true;
      noted = [];
      log.warn(`telemetry_off reason=not_loaded error=${errorName(error)}`);
      return undefined;
    });
    return loading;
  }

  async function handOver(): Promise<TelemetrySink | undefined> {
    const sink = await open();
    if (dropped > 0) log.warn(`telemetry_dropped count=${dropped}`);
    dropped = 0;
    const batch = noted;
    noted = [];
    try {
      for (let from = 0; from < batch.length; from += SLICE) {
        if (from > 0) await new Promise((resolve) => setImmediate(resolve));
        sink?.take(batch.slice(from, from + SLICE));
      }
    } catch (error) {
      log.warn(`telemetry_failed error=${errorName(error)}`);
    }
    return sink;
  }

  function look(looks: number): void {
    const mayLoad = loading !== undefined || underWay === 0 || looks >= MOST_LOOKS;
    if (mayLoad) void handOver();
    else later(() => look(looks + 1), HAND_OVER_MS);
  }

  function schedule(): void {
    if (answered && noted.length > 0) later(() => look(0), loading ? HAND_OVER_MS : LOAD_AFTER_MS);
  }

  return {
    recorder: (traceParent, secrets) => (fact) => {
      if (broken) return;
      if (noted.length >= MAX_NOTED) dropped += 1;
      else noted.push({ fact, at: now(), traceParent, secrets });
      schedule();
    },
    begin() {
      underWay += 1;
      return () => {
        underWay -= 1;
        answered = true;
        schedule();
      };
    },
    async end() {
      clearTimeout(timer);
      if (!loading && noted.length === 0) return;
      const work = handOver().then((sink) => sink?.flush());
      let limit: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, END_MS);
      });
      await Promise.race([work, late]).catch(() => {});
      clearTimeout(limit);
    },
  };
}
