/** Search and lists say of each row whether the user behind the token has it: `user_data`, `stats.user`. */
import { expect, it } from '@jest/globals';
import { answer, ask, call, fixedSecrets, gateway } from '../../support/fakes.ts';

it('what Discogs says to one of its users is not shown to another, whatever was asked', async () => {
  let token = 'token-a';
  const one = gateway({
    fetcher: async ({ headers }) => answer(200, { told: headers['authorization'] ?? 'nobody' }),
    digest: (bytes) => Buffer.from(bytes).toString('base64url'),
    secrets: {
      ...fixedSecrets({}),
      read: (name) =>
        name === 'DISCOGS_TOKEN'
          ? { kind: 'value', value: token }
          : name === 'CLIENT_KEYS'
            ? { kind: 'absent' }
            : { kind: 'value', value: 'the-key' },
    },
  });
  for (const target of [
    '/database/search?q=x',
    '/masters/1/versions',
    '/artists/1/releases',
    '/releases/1',
  ]) {
    token = 'token-a';
    expect(JSON.stringify((await ask(one, call('GET', target))).json)).toContain('token-a');
    token = 'token-b';
    expect(JSON.stringify((await ask(one, call('GET', target))).json)).toContain('token-b');
  }
});
