import { afterAll, beforeAll } from '@jest/globals';
import { type AttackedBroker, linkAttackTests } from '../../core/test/broker/support/linkAttackTests.ts';
import { type BrokerHere, startBroker } from './support/brokerHere.ts';
import { askWithCookies, browser } from './support/client.ts';

let broker: BrokerHere;

beforeAll(async () => {
  broker = await startBroker();
});
afterAll(() => broker.close());

linkAttackTests(async (): Promise<AttackedBroker> => {
  const { app, sandbox } = broker;
  return {
    async start() {
      const pair = await app.start();
      return {
        link: pair.auth_url,
        status: async () => (await app.status(pair)).json?.['status'],
        finalize: async () => (await app.finalize(pair)).status,
      };
    },
    visit: askWithCookies,
    consent: (authorizeUrl) => browser.decide(authorizeUrl, 'approve'),
    exchanges: () => sandbox.requests.filter(({ path }) => path === '/oauth/access_token').length,
  };
});
