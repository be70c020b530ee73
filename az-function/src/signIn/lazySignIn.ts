/** Keeps the authorization server out of the start: it is loaded when it is first used, and only where it is switched on. */
import { errorName, hasAccessTokenForm, lazy, metadataUrl, type UserAccess } from '@discogs-agent/core';
import { clientAddress, ROUTE_PREFIX } from '../http/toCall.ts';
import { toResponse } from '../http/toResponse.ts';
import type { LazySignInOptions, SignInDoor } from './signInDoor.ts';

const FAILED = {
  error: 'temporarily_unavailable',
  error_description: 'This server could not load its sign-in. Try again in a minute.',
};

/** Makes the door. A part that does not load is tried again with the next request. */
export function lazySignIn(options: LazySignInOptions): SignInDoor {
  const loadTables = () => import('../tables/stores.ts');
  const host = lazy<SignInDoor>(async () =>
    (await import('./signInHost.ts')).createSignInHost({
      ...options,
      toResponse,
      routePrefix: ROUTE_PREFIX,
      clientAddress,
      loadTables,
    }),
  );
  const users: UserAccess = {
    isAccessToken: hasAccessTokenForm,
    metadataUrl,
    async find(token, audience) {
      try {
        return await (await host.get()).users.find(token, audience);
      } catch (error) {
        console.error(`sign_in_not_loaded detail=${errorName(error)}`);
        return { kind: 'unavailable' };
      }
    },
    count: async (user) => (await host.get()).users.count(user),
    isStillAccepted: async (user, deadline) => (await host.get()).users.isStillAccepted(user, deadline),
    authorization: async (user, method, url) => (await host.get()).users.authorization(user, method, url),
  };
  return {
    users,
    async handle(request, context) {
      try {
        return await (await host.get()).handle(request, context);
      } catch (error) {
        context.error(`sign_in_not_loaded detail=${errorName(error)}`);
        return { status: 503, jsonBody: FAILED, headers: { 'cache-control': 'no-store' } };
      }
    },
    prune: async (context) => (await host.get()).prune(context),
  };
}
