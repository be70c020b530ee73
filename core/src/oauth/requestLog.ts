/** One line for each request of the authorization server, `oauth_request: {json}`. */
import type { Log } from '../lib/log.ts';
import { createDoorLog } from '../signIn/requestLog.ts';
import type { OAuthEvent } from './context.ts';

/** Anybody may ask for it, as often as they like: only what goes wrong is written. */
const QUIET: ReadonlySet<string> = new Set(['metadata']);

/** Makes the writer. */
export const createOAuthRequestLog = (log: Log, now: () => number): ((event: OAuthEvent) => void) =>
  createDoorLog('oauth_request', QUIET, log, now);
