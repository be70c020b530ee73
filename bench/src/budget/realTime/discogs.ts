/** The sandbox as the upstream of one candidate: its own moving window, and answers as slow as those of the virtual Discogs. */
import { startSandbox } from '@discogs-agent/sandbox';
import { between, seeded } from '../seeded.ts';
import { LATENCY_MS, type UpstreamCall } from '../virtualDiscogs.ts';

/** A running upstream with an empty window. */
export interface RealDiscogs {
  readonly port: number;
  /** What it has answered; `at` is when. */
  readonly calls: readonly UpstreamCall[];
  close(): Promise<void>;
}

/** `GET /releases/1 429 delay` as the sandbox logs it, or undefined for another line. */
export function readLogLine(
  line: string,
): { readonly target: string; readonly limited: boolean } | undefined {
  const [, target, status] = /^GET (\S+) (\d{3})( delay)?$/.exec(line) ?? [];
  return target === undefined ? undefined : { target, limited: status === '429' };
}

/** Starts it. No more than `mostCalls` are slow. */
export async function startRealDiscogs(seed: number, mostCalls: number): Promise<RealDiscogs> {
  const random = seeded(seed);
  const calls: UpstreamCall[] = [];
  const start = Date.now();
  const sandbox = await startSandbox({
    record: false,
    log: (line) => {
      const read = readLogLine(line);
      if (read) calls.push({ ...read, at: Date.now() - start });
      else console.error(`the sandbox: ${line}`);
    },
  });
  // A rule strikes once, the oldest first: each call gets a time of its own.
  for (let call = 0; call < mostCalls; call += 1) {
    const ms = Math.round(between(LATENCY_MS.shortest, LATENCY_MS.longest, random));
    sandbox.fault({ fault: { kind: 'delay', ms } });
  }
  return { port: sandbox.port, calls, close: sandbox.close };
}
