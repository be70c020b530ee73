/** Two users whose accounts have two currencies, at one gateway. */

import type { Fetcher, SignedInUser, UserAccess } from '@discogs-agent/core';
import { createGptDoor } from '@discogs-agent/core/gpt';
import { expect, it } from '@jest/globals';
import { answer, call, gateway } from '../support/fakes.ts';

const CURRENCIES: Readonly<Record<string, string>> = { ana: 'EUR', ben: 'JPY' };

const users: UserAccess = {
  isAccessToken: (text) => text in CURRENCIES,
  async find(name) {
    const user: SignedInUser = {
      label: `user:${name}`,
      grantId: name,
      userId: name,
      username: name,
      scopes: ['read'],
      credential: { token: name, secret: name },
    };
    return { kind: 'user', user };
  },
  count: async () => undefined,
  isStillAccepted: async () => true,
  authorization: async ({ username }) => `OAuth ${username}`,
  metadataUrl: () => '',
};

it('a price has the currency of the user who asks, not of the one before', async () => {
  let calls = 0;
  const fetcher: Fetcher = async ({ headers }) => {
    calls += 1;
    const username = headers['authorization']?.slice('OAuth '.length) ?? '';
    const profile = { id: 1, lowest_price: 3, username, curr_abbr: CURRENCIES[username] };
    return answer(200, JSON.stringify(profile));
  };
  const door = createGptDoor(
    gateway({ users, fetcher: Object.assign(fetcher, { requests: [], timeouts: [] }) }),
    () => 0,
  );
  const price = async (name: string): Promise<unknown> => {
    const headers = { 'x-api-key': '', authorization: `Bearer ${name}` };
    const { body } = await door.handle(call('GET', '/gpt/releases/1', { headers }));
    return JSON.parse(new TextDecoder().decode(body))['lowest_price'];
  };
  expect([await price('ana'), await price('ben'), await price('ana')]).toEqual([
    '3.00 EUR',
    '3.00 JPY',
    '3.00 EUR',
  ]);
  expect(calls).toBe(6);
});
