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
import { type Door, openDoor } from './support/door.ts';

let door: Door;

beforeAll(async () => {
  door = await openDoor({
    environment: { ...BROKER_ENVIRONMENT, BROKER_PUBLIC_BASE_URL: 'https://music.example/api' },
    sandbox: { limits: { authenticated: 1000, anonymous: 1000 } },
  });
});
afterAll(() => door?.close());

linkAttackTests(async (): Promise<AttackedBroker> => {
  const { url, sandbox } = door;
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
