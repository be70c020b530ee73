/** A caller who asks for what Discogs cannot answer, as fast as he can, and a Discogs that fails for him alone. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '@discogs-agent/sandbox';
import type { TestGateway } from './testGateway.ts';

/** Discogs answers 500 to a query that contains this. */
const FAILING_QUERY = 'absurd';
/** Discogs' edge answers 403 HTML to a query that contains this. */
const REFUSED_QUERY = 'unwanted';
/** Discogs answers 500 for every record whose id begins so. */
const FAILING_IDS = '/releases/66600';

/** Five searches that Discogs cannot answer: one path, five queries. */
export const FAILING_SEARCHES = ['a', 'b', 'c', 'd', 'e'].map(
  (x) => `/database/search?q=${FAILING_QUERY}-${x}`,
);
/** Five searches that Discogs' edge refuses. */
export const REFUSED_SEARCHES = ['a', 'b', 'c', 'd', 'e'].map(
  (x) => `/database/search?q=${REFUSED_QUERY}-${x}`,
);
/** Five records that Discogs cannot show: five paths. */
export const FAILING_RECORDS = [1, 2, 3, 4, 5].map((number) => `${FAILING_IDS}${number}`);

/** Makes a sandbox fail for these, and for nothing else. */
export function failForHostileCallers(sandbox: Sandbox): void {
  sandbox.fault({ times: 0, query: FAILING_QUERY, fault: { kind: 'status', status: 500 } });
  sandbox.fault({ times: 0, query: REFUSED_QUERY, fault: { kind: 'html', status: 403 } });
  sandbox.fault({ times: 0, path: FAILING_IDS, fault: { kind: 'status', status: 500 } });
}

/** A caller at work. */
export interface HostileCaller {
  /** So many calls of each status were answered so far. */
  readonly statuses: Readonly<Record<number, number>>;
  stop(): Promise<void>;
}

/** Asks for one of `paths` after the other every `everyMs`, whatever the answers are, and waits for none of them. */
export function startHostileCaller(
  gateway: TestGateway,
  key: string,
  paths: readonly string[],
  everyMs = 100,
): HostileCaller {
  const statuses: Record<number, number> = {};
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  async function call(path: string): Promise<void> {
    const { status } = await gateway.ask(path, { headers: { 'x-api-key': key } });
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  async function run(): Promise<void> {
    for (let next = 0; !stopped; next += 1) {
      const calling = call(paths[next % paths.length] ?? '/').finally(() => underWay.delete(calling));
      underWay.add(calling);
      await pause(everyMs);
    }
    await Promise.all(underWay);
  }
  const running = run();
  return {
    statuses,
    stop() {
      stopped = true;
      return running;
    },
  };
}
