import { harness, type Reply } from './support/harness.ts';
import { type AttackedBroker, linkAttackTests, type Visited } from './support/linkAttackTests.ts';

const visited = ({ status, headers, text }: Reply): Visited => ({
  status,
  headers: { get: (name) => headers[name] ?? null },
  text,
});

linkAttackTests(async (): Promise<AttackedBroker> => {
  const { app, ask, discogs } = harness();
  return {
    async start() {
      const pair = await app.start();
      return {
        link: pair.authUrl,
        status: async () => (await app.status(pair)).json?.['status'],
        finalize: async () => (await app.finalize(pair)).status,
      };
    },
    visit: async (address, jar, headers) => visited(await ask('GET', address, { jar, headers })),
    consent: async (authorizeUrl) => {
      const token = new URL(authorizeUrl).searchParams.get('oauth_token') ?? '';
      return `${discogs.callbackOf(token)}&oauth_token=${token}&oauth_verifier=${discogs.approve(token)}`;
    },
    exchanges: () => discogs.calls.filter((call) => call === 'accessToken').length,
  };
});
