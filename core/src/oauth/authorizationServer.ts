/** The authorization server: every request enters and leaves here, whatever happens in between. */
import type { Signing } from '../discogs/oauth/authorization.ts';
import { describeError } from '../lib/describeError.ts';
import { TooSlow, within } from '../lib/timeout.ts';
import { createKeyring, type Keyring } from '../signIn/keyring.ts';
import type { PruneReport } from '../signIn/prune.ts';
import type { UserAccess } from '../signIn/userAccess.ts';
import type { WebAnswer, WebRequest } from '../signIn/web.ts';
import { failureAnswer, failurePage, failureReason } from './answers.ts';
import { createFindClient } from './clients.ts';
import type { Context, OAuthDependencies, Outcome, Route, Visit } from './context.ts';
import { metadataAt } from './metadata.ts';
import { prune } from './prune.ts';
import { authorize } from './routes/authorize.ts';
import { callback } from './routes/callback.ts';
import { answerConsent, showConsent } from './routes/consent.ts';
import { endGrant, showGrants } from './routes/grants.ts';
import { register } from './routes/register.ts';
import { revoke } from './routes/revoke.ts';
import { token } from './routes/token.ts';
import { createUserAccess } from './userAccess.ts';

/** Answers requests. Never rejects. */
export interface AuthorizationServer {
  handle(request: WebRequest): Promise<WebAnswer>;
  readonly users: UserAccess;
  /** Whether the path of an address is one of its own, for hosts that have no routes. */
  takes(url: string): boolean;
  /** To be called about once an hour. */
  prune(): Promise<PruneReport>;
}

const DEFAULT_DEADLINE_MS = 25_000;

/** Routes for people answer with pages, those for programs with JSON. */
const PAGES: ReadonlyMap<string, Readonly<Record<string, Route>>> = new Map([
  ['/authorize', { GET: authorize }],
  ['/authorize/callback', { GET: callback }],
  ['/authorize/consent', { GET: showConsent, POST: answerConsent }],
  ['/grants', { GET: showGrants, POST: endGrant }],
]);
const PROGRAMS: ReadonlyMap<string, Readonly<Record<string, Route>>> = new Map([
  ['/token', { POST: token }],
  ['/revoke', { POST: revoke }],
  ['/register', { POST: register }],
]);
const WELL_KNOWN = '/.well-known/';

/** A browser asks before it lets a page of another origin send what is no plain form. */
const PREFLIGHT: WebAnswer = {
  status: 204,
  headers: {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
    'access-control-max-age': '3600',
  },
  body: new Uint8Array(0),
};

/** Makes a server. */
export function createAuthorizationServer(
  dependencies: OAuthDependencies & {
    /** How requests of users are signed: the application's key, clock and randomness. */
    readonly signing: Signing;
  },
): AuthorizationServer {
  const { settings, now, setTimer, log, onAnswer, routePrefix } = dependencies;
  const { deadlineMs = DEFAULT_DEADLINE_MS } = dependencies;
  const seconds = (): number => Math.floor(now() / 1000);
  let keys: Keyring | undefined;
  const context: Context = {
    ...dependencies,
    seconds,
    findClient: createFindClient({ ...dependencies, seconds }),
    // The keys are cached, not the promise of them: on Workers a promise belongs to the request that made it.
    keyring: async () => {
      keys ??= await createKeyring(settings);
      if (!keys) throw new TypeError('no key is configured');
      return keys;
    },
  };

  /** A host may ignore case and a slash at the end where it looks for a route. */
  const pathOf = (pathname: string): string => {
    const path = pathname.toLowerCase().replace(/\/$/, '');
    return path.startsWith(routePrefix) ? path.slice(routePrefix.length) : path;
  };

  function baseUrlOf(url: URL): string {
    return settings.publicBaseUrl ?? `${url.origin}${routePrefix}`;
  }

  async function respond(request: WebRequest, url: URL): Promise<Outcome> {
    const path = pathOf(url.pathname);
    const baseUrl = baseUrlOf(url);
    const { method } = request;
    if (url.pathname.includes(WELL_KNOWN)) {
      if (method === 'OPTIONS') return PREFLIGHT;
      if (method !== 'GET' && method !== 'HEAD') return { code: 'method_not_allowed', allow: 'GET, HEAD' };
      return metadataAt(url.pathname, baseUrl, context) ?? { code: 'no_route' };
    }
    const routes = PAGES.get(path) ?? PROGRAMS.get(path);
    if (!routes) return { code: 'no_route' };
    if (method === 'OPTIONS' && PROGRAMS.has(path)) return PREFLIGHT;
    const route = routes[method];
    if (!route) return { code: 'method_not_allowed', allow: Object.keys(routes).join(', ') };
    if (settings.problems.length > 0) {
      for (const { variable, fix } of settings.problems) log.error(`${variable} ${fix}`);
      return { code: 'not_configured' };
    }
    const visit: Visit = { request, query: url.searchParams, baseUrl, deadline: now() + deadlineMs };
    return within(setTimer, deadlineMs, route(context, visit));
  }

  async function settle(request: WebRequest, url: URL): Promise<Outcome> {
    try {
      return await respond(request, url);
    } catch (error) {
      if (error instanceof TooSlow) return { code: 'too_slow' };
      // What throws here is a store, for all that is known: the routes have no other unreliable part.
      log.error(`oauth_failed detail=${describeError(error)}`);
      return { code: 'store_unavailable' };
    }
  }

  return {
    users: createUserAccess(context, dependencies.signing),
    prune: () => prune(context),
    takes: (url) => {
      const { pathname } = new URL(url);
      const path = pathOf(pathname);
      return PAGES.has(path) || PROGRAMS.has(path) || pathname.includes(WELL_KNOWN);
    },
    handle: async (request) => {
      const startedAt = now();
      const url = new URL(request.url);
      const path = pathOf(url.pathname);
      const outcome = await settle(request, url);
      const isPage = PAGES.has(path);
      const answer = !('code' in outcome) ? outcome : isPage ? failurePage(outcome) : failureAnswer(outcome);
      const isMetadata = url.pathname.includes(WELL_KNOWN);
      onAnswer?.({
        route: isPage || PROGRAMS.has(path) ? path : isMetadata ? 'metadata' : 'other',
        method: request.method,
        status: answer.status,
        reason: 'code' in outcome ? failureReason(outcome) : outcome.reason,
        elapsedMs: now() - startedAt,
      });
      return answer;
    },
  };
}
