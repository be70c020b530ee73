/** The authorization server in this host. Loaded on demand, see `lazySignIn.ts`. */
import {
  createAcquire,
  createBrokerLimiter,
  createDiscogsSignIn,
  type Signing,
} from '@discogs-agent/core/broker';
import { createAuthorizationServer, createOAuthRequestLog } from '@discogs-agent/core/oauth';
import { toBrokerRequest } from '../broker/toBrokerRequest.ts';
import { invocationLog } from '../invocationLog.ts';
import { createFetchDocument } from './fetchDocument.ts';
import type { SignInDoor, SignInHostOptions } from './signInDoor.ts';
import { readSignInSettings } from './signInSettings.ts';
import { signInStores } from './signInStores.ts';

/** The worker process lives on after an answer; nothing has to hold it. */
const waitUntil = (): void => {};

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** Builds it from what the process has. Rejects when the stores cannot be loaded. */
export async function createSignInHost(options: SignInHostOptions): Promise<SignInDoor> {
  const { environment, found, rateLimiter, fetcher, now, steadyNow, setTimer } = options;
  const { log, inInvocation } = invocationLog();
  const settings = readSignInSettings(found);
  const { stores, throttle } = await signInStores(options);
  const limiter = createBrokerLimiter(rateLimiter);
  const signing: Signing = {
    // Without one `problems` is not empty, and nothing gets as far as a signature.
    consumer: settings.consumer ?? { key: '', secret: '' },
    signatureMethod: 'PLAINTEXT',
    now,
    random: randomBytes,
  };
  const { discogsApiBaseUrl: apiBaseUrl, userAgent } = environment.settings;
  const server = createAuthorizationServer({
    settings,
    stores,
    throttle,
    signIn: createDiscogsSignIn({
      ...signing,
      fetcher,
      apiBaseUrl,
      userAgent,
      acquire: createAcquire({ openLimiter: async () => limiter, now, setTimer, waitUntil, log }),
      webBaseUrl: settings.discogsWebBaseUrl,
    }),
    fetchDocument: createFetchDocument({ userAgent }),
    now,
    randomBytes,
    setTimer,
    waitUntil,
    log,
    routePrefix: options.routePrefix,
    onAnswer: createOAuthRequestLog(log, steadyNow),
    signing,
  });
  return {
    users: server.users,
    handle: (request, context) =>
      inInvocation(context, async () =>
        options.toResponse(await server.handle(toBrokerRequest(request, options.clientAddress))),
      ),
    prune: (context) =>
      inInvocation(context, async () => {
        const { removed, failed } = await server.prune();
        log.info(`sign_in_prune removed=${JSON.stringify(removed)}`);
        if (failed.length > 0) throw new Error(`sign_in_prune failed=${failed.join(',')}`);
      }),
  };
}
