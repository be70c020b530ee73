/** The broker's door: every request enters and leaves here, whatever happens in between. */

import { describeError } from '../lib/describeError.ts';
import { TooSlow, within } from '../lib/timeout.ts';
import { createKeyring, type Keyring } from '../signIn/keyring.ts';
import { renderPage } from '../signIn/page.ts';
import { isBrowser, wantsPage } from '../signIn/userAgent.ts';
import type { WebAnswer, WebRequest } from '../signIn/web.ts';
import type { BrokerDependencies, Context, Outcome, Route, Visit } from './context.ts';
import { failurePage } from './pages/failurePage.ts';
import { type Prunable, type PruneReport, prune } from './prune.ts';
import { callback } from './routes/callback.ts';
import { finalize } from './routes/finalize.ts';
import { health } from './routes/health.ts';
import { link } from './routes/link.ts';
import { revoke } from './routes/revoke.ts';
import { search } from './routes/search.ts';
import { start } from './routes/start.ts';
import { status } from './routes/status.ts';
import { apiFailure } from './wire/apiFailure.ts';

/** Answers requests. Never rejects. */
export interface Broker {
  handle(request: WebRequest): Promise<WebAnswer>;
  /** To be called about once an hour. `others` are tables of the host's. */
  prune(others?: readonly Prunable[]): Promise<PruneReport>;
}

/** Its client gives up after 30 s; 5 s are left for the network. */
const DEFAULT_DEADLINE_MS = 25_000;

const ROUTES: ReadonlyMap<string, Route> = new Map([
  ['GET /v1/health', health],
  ['POST /v1/device/session/start', start],
  ['GET /v1/device/session/status', status],
  ['POST /v1/device/session/finalize', finalize],
  ['POST /v1/device/session/revoke', revoke],
  ['GET /v1/discogs/oauth/link', link],
  ['GET /v1/discogs/oauth/callback', callback],
  ['POST /v1/discogs/proxy/search', search],
]);

const PATHS: ReadonlySet<string> = new Set([...ROUTES.keys()].map((key) => key.split(' ')[1] ?? ''));

/** Makes a broker. */
export function createBroker(dependencies: BrokerDependencies): Broker {
  const { settings, now, setTimer, log, onAnswer, routePrefix = '' } = dependencies;
  const { deadlineMs = DEFAULT_DEADLINE_MS } = dependencies;
  let keyring: Keyring | undefined;
  const context: Context = {
    ...dependencies,
    seconds: () => Math.floor(now() / 1000),
    // The keys are kept, not the promise of them: on Workers a promise belongs to the request that made it.
    keyring: async () => {
      keyring ??= await createKeyring(settings);
      return keyring;
    },
  };

  async function respond(request: WebRequest): Promise<Outcome> {
    const { origin, pathname, searchParams } = new URL(request.url);
    const method = request.method.toUpperCase();
    const path = pathname.startsWith(routePrefix) ? pathname.slice(routePrefix.length) : pathname;
    const route = ROUTES.get(`${method} ${path}`);
    if (!route) return { code: 'no_route', method, path };
    const visit: Visit = {
      request,
      query: searchParams,
      baseUrl: settings.publicBaseUrl ?? `${origin}${routePrefix}`,
      isBrowser: isBrowser(request),
      deadline: now() + deadlineMs,
    };
    return within(setTimer, deadlineMs, route(context, visit));
  }

  async function settle(request: WebRequest): Promise<Outcome> {
    try {
      return await respond(request);
    } catch (error) {
      if (error instanceof TooSlow) return { code: 'too_slow' };
      log.error(`Unexpected broker error: ${describeError(error)}`);
      return { code: 'internal_error' };
    }
  }

  function render(request: WebRequest, outcome: Outcome): WebAnswer {
    if (!('code' in outcome)) return outcome;
    return wantsPage(request) ? renderPage(failurePage(outcome)) : apiFailure(outcome);
  }

  /** The route of a request that was understood; what no route has is not repeated. */
  function routeOf({ url }: WebRequest): string {
    const path = URL.canParse(url) ? new URL(url).pathname.replace(routePrefix, '') : '';
    return PATHS.has(path) ? path : 'other';
  }

  return {
    handle: async (request) => {
      const startedAt = now();
      const outcome = await settle(request);
      const answer = render(request, outcome);
      onAnswer?.({
        route: routeOf(request),
        method: request.method,
        status: answer.status,
        reason: 'code' in outcome ? outcome.code : undefined,
        elapsedMs: now() - startedAt,
      });
      return answer;
    },
    prune: (others = []) => prune(context, others),
  };
}
