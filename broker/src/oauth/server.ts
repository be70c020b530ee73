/** The authorization server in this host, where it is switched on. */
import {
  type AuthorizationServer,
  createAuthorizationServer,
  createOAuthRequestLog,
  readOAuthSettings,
} from '@discogs-agent/core/oauth';
import type { WorkerPlatform } from '../dependencies.ts';
import type { WorkerEnvironment } from '../environment.ts';
import { onPrimary } from '../signIn/primary.ts';
import { d1Throttle } from '../signIn/throttle.ts';
import { createFetchDocument } from './fetchDocument.ts';
import { d1OAuthStores } from './records.ts';

/** Undefined unless `SIGN_IN` is `true`. */
export function authorizationServer(
  { variables, database, userAgent }: WorkerEnvironment,
  { platform, calls, signIn, randomBytes }: WorkerPlatform,
): AuthorizationServer | undefined {
  if (variables['SIGN_IN']?.trim().toLowerCase() !== 'true') return undefined;
  // One address for both doors of this Worker.
  const PUBLIC_BASE_URL = variables['PUBLIC_BASE_URL'] ?? variables['BROKER_PUBLIC_BASE_URL'];
  return createAuthorizationServer({
    ...platform,
    settings: readOAuthSettings({ ...variables, PUBLIC_BASE_URL }),
    stores: d1OAuthStores(database),
    throttle: d1Throttle(onPrimary(database)),
    signIn,
    fetchDocument: createFetchDocument((request) => fetch(request), userAgent),
    randomBytes,
    routePrefix: '',
    hasMcp: false,
    onAnswer: createOAuthRequestLog(console, platform.now),
    signing: { ...calls, now: platform.now },
  });
}
