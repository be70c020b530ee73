import { describe, expect, it } from '@jest/globals';
import { harness, type Reply } from './support/harness.ts';

type Harness = ReturnType<typeof harness>;

const STRANGER = { deviceId: 'd', pendingToken: 'p' };
const FINALIZE = '/v1/device/session/finalize';

async function afterTheTime({ app, passSeconds }: Harness): Promise<Reply> {
  const pair = await app.start();
  passSeconds(900);
  return app.finalize(pair);
}

async function afterTheSession({ app, signedIn, passSeconds }: Harness): Promise<Reply> {
  const { sessionToken } = await signedIn();
  passSeconds(2_592_000);
  return app.search(sessionToken);
}

/** The search itself is behind the port; this is how it says that a field is missing. */
async function withoutArtist({ app, results, signedIn }: Harness): Promise<Reply> {
  results.push({ kind: 'invalid_params', message: 'artist and title are required' });
  return app.search((await signedIn()).sessionToken, { title: 't' });
}

describe('the failure triage', () => {
  const ROWS: readonly [surface: string, signal: string, cause: (broker: Harness) => Promise<Reply>][] = [
    ['start', '401 invalid broker client token', ({ ask }) => ask('POST', '/v1/device/session/start')],
    ['status', '401 invalid broker client token', ({ ask }) => ask('GET', '/v1/device/session/status')],
    ['finalize', '401 invalid broker client token', ({ ask }) => ask('POST', FINALIZE)],
    ['status', '404 device session not found', ({ app }) => app.status(STRANGER)],
    ['finalize', '404 device session not found', ({ app }) => app.finalize(STRANGER)],
    [
      'finalize',
      '409 device session is not authorized yet',
      async ({ app }) => app.finalize(await app.start()),
    ],
    ['finalize', '410 device session expired; restart auth', afterTheTime],
    [
      'proxy/search',
      '401 missing bearer session token',
      ({ ask }) => ask('POST', '/v1/discogs/proxy/search'),
    ],
    ['proxy/search', '401 invalid or expired broker session', ({ app }) => app.search('stale')],
    ['proxy/search', '401 invalid or expired broker session', afterTheSession],
    ['proxy/search', '400 artist and title are required', withoutArtist],
  ];

  it.each(ROWS)('of %s shows: %s', async (_, signal, cause) => {
    const { status, json } = await cause(harness());
    expect(`${status} ${json?.['message']}`).toBe(signal);
  });
});
