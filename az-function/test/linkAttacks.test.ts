import { afterAll, beforeAll } from '@jest/globals';
import { type AttackedBroker, linkAttackTests } from '../../core/test/broker/support/linkAttackTests.ts';
import {
  answered,
  BROKER_ENVIRONMENT,
  finalize,
  members,
  start,
  status,
  visit,
} from './support/brokerClient.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway({
    environment: { ...BROKER_ENVIRONMENT, BROKER_PUBLIC_BASE_URL: 'https://music.example/api' },
    sandbox: { limits: { authenticated: 1000, anonymous: 1000 } },
  });
});
afterAll(() => gateway?.close());

linkAttackTests(async (): Promise<AttackedBroker> => {
  const { url, sandbox } = gateway;
  return {
    async start() {
      const pair = await start(url);
      return {
        link: pair.authUrl,
        status: async () => members(await status(url, pair))['status'],
        finalize: async () => (await finalize(url, pair)).status,
      };
    },
    async visit(address, jar, headers) {
      const reply = await visit(url, address, headers, jar);
      return { ...reply, headers: { get: (name) => reply.headers[name] ?? null } };
    },
    consent: (authorizeUrl) => answered(sandbox.url, authorizeUrl),
    exchanges: () => sandbox.requests.filter(({ path }) => path === '/oauth/access_token').length,
  };
});
