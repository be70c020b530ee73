/** What is answered here, without Discogs: one line of a table for each such operation of the catalog. */
import type { Operation } from '../../catalog/operation.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Answer } from '../../lib/call.ts';
import type { RecentCounts } from '../../lib/recentCounts.ts';
import type { CachingClient } from '../../upstream/cachingClient.ts';
import type { GatewaySettings } from '../settings.ts';

/** What the answers are made of. */
export interface LocalDependencies {
  readonly settings: GatewaySettings;
  readonly cachingClient: CachingClient;
  readonly now: () => number;
  readonly startedAt: number;
  readonly recent: Pick<RecentCounts<string>, 'sums'>;
  /** By source, in the last hour. */
  readonly answeredBy: Pick<RecentCounts<string>, 'sums'>;
  readonly catalogue?: Catalogue | undefined;
  readonly brokerRecent?: (() => Readonly<Record<string, number>>) | undefined;
}

const encoder = new TextEncoder();

const jsonAnswer = (value: unknown): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: encoder.encode(JSON.stringify(value)),
});

/** Whose answers these are: a page with invented records must not look like Discogs. */
function upstreamKind({ discogsApiBaseUrl }: GatewaySettings): 'discogs' | 'local' | 'other' {
  const { hostname } = new URL(discogsApiBaseUrl);
  if (hostname === 'api.discogs.com') return 'discogs';
  return /^(localhost|127\.[0-9.]+|\[::1\])$/.test(hostname) ? 'local' : 'other';
}

async function catalogueStatus(catalogue: Catalogue | undefined): Promise<object> {
  if (!catalogue) return { state: 'off' };
  const found = await catalogue.status();
  // The store's own words may name folders; the log has them.
  return found.state === 'ready' ? found : { state: found.state, fix: found.fix };
}

async function status(dependencies: LocalDependencies): Promise<Answer> {
  const { settings, cachingClient, now, startedAt, recent, answeredBy, brokerRecent, catalogue } =
    dependencies;
  const { limit, used, remaining, resetSeconds, waiting } = await cachingClient.currentWindow();
  const { entries, bytes, hit_ratio } = cachingClient.cache();
  return jsonAnswer({
    window: { limit, used, remaining, reset: resetSeconds },
    queue: { waiting },
    breaker: { state: cachingClient.breaker() },
    cache: { entries, bytes, hit_ratio: Number(hit_ratio.toFixed(4)) },
    store: { kind: cachingClient.store, healthy: cachingClient.storeHealthy() },
    version: settings.version,
    outbound: settings.outboundMode,
    upstream: upstreamKind(settings),
    read_only: settings.readOnly,
    uptime_seconds: Math.floor((now() - startedAt) / 1000),
    last_hour: recent.sums(),
    answered_by: answeredBy.sums(),
    catalogue: await catalogueStatus(catalogue),
    broker: brokerRecent ? { enabled: true, last_hour: brokerRecent() } : { enabled: false },
  });
}

const PONG = jsonAnswer({ status: 'ok' });

type LocalAnswer = (dependencies: LocalDependencies) => Answer | Promise<Answer>;

const answers: ReadonlyMap<string, LocalAnswer> = new Map<string, LocalAnswer>([
  ['ping', () => PONG],
  ['getStatus', status],
  // A page for people must not weigh on every cold start.
  ['getStatusPage', async () => (await import('./page/statusPage.ts')).statusPage()],
]);

/** The answer to an operation that the catalog leaves to the gateway. Rejects for one that this table lacks. */
export async function localAnswer(operation: Operation, dependencies: LocalDependencies): Promise<Answer> {
  const answer = answers.get(operation.id);
  if (!answer) throw new Error(`${operation.id} has no answer here`);
  return answer(dependencies);
}
