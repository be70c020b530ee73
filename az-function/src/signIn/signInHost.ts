/** The authorization server in this host. Loaded on demand, see `lazySignIn.ts`. */
import { createAuthorizationServer, createOAuthRequestLog } from '@discogs-agent/core/oauth';
import { hostSignIn, randomBytes, waitUntil } from '../broker/hostSignIn.ts';
import { toBrokerRequest } from '../broker/toBrokerRequest.ts';
import { invocationLog } from '../invocationLog.ts';
import { createFetchDocument } from './fetchDocument.ts';
import type { SignInDoor, SignInHostOptions } from './signInDoor.ts';
import { readSignInSettings } from './signInSettings.ts';
import { signInStores } from './signInStores.ts';

/** Builds it from what the process has. Rejects when the stores cannot be loaded. */
export async function createSignInHost(options: SignInHostOptions): Promise<SignInDoor> {
  const { found, now, steadyNow, setTimer } = options;
  const { log, inInvocation } = invocationLog();
  const settings = readSignInSettings(found);
  const { stores, throttle } = await signInStores(options);
  const { signIn, network } = hostSignIn(options, settings, log);
  const server = createAuthorizationServer({
    settings,
    stores,
    throttle,
    signIn,
    fetchDocument: createFetchDocument({ userAgent: network.userAgent }),
    now,
    randomBytes,
    setTimer,
    waitUntil,
    log,
    routePrefix: options.routePrefix,
    hasMcp: true,
    onAnswer: createOAuthRequestLog(log, steadyNow),
    signing: network,
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
