/** Deployments in which people can sign in, against the stand-in for Azure. */
import { describe, expect, test } from '@jest/globals';
import { type AzState, freshState } from './support/azState.ts';
import { BROKER_GIVEN, runDeploy } from './support/deployRun.ts';

const ON = ['--enable-sign-in'];
const SECRET = 's'.repeat(40);
const CLIENTS = JSON.stringify([
  {
    client_id: 'my-gpt',
    client_secret: SECRET,
    redirect_uris: ['https://chatgpt.com/aip/g-1/oauth/callback'],
  },
]);

const secretsOf = (state: AzState): Record<string, string> => ({
  ...state.vaults['jmd-discogs-kv']?.secrets,
});
const { BROKER_CLIENT_TOKEN: _, ...GIVEN }: Record<string, string | undefined> = { ...BROKER_GIVEN };

describe('a deployment with the sign-in', () => {
  test('has the consumer, a new encryption key and an empty list of clients, and no token of the broker', async () => {
    const state = freshState();
    expect((await runDeploy(state, ON, { environment: GIVEN })).code).toBe(0);
    const secrets = secretsOf(state);
    expect(secrets).toMatchObject({
      'DISCOGS-CONSUMER-KEY': BROKER_GIVEN.DISCOGS_CONSUMER_KEY,
      'DISCOGS-CONSUMER-SECRET': BROKER_GIVEN.DISCOGS_CONSUMER_SECRET,
      'BROKER-STATE-ENCRYPTION-KEY': expect.stringMatching(/^[\w-]{43}$/),
      'SIGN-IN-CLIENTS': '[]',
    });
    expect(secrets).not.toHaveProperty('BROKER-CLIENT-TOKEN');
    expect(state.apps['jmd-discogs-func']?.settings['SIGN_IN']).toBe('true');
  });

  test('keeps clients and key when it is repeated, and shows no secret of a client', async () => {
    const state = freshState();
    const first = await runDeploy(state, ON, { environment: { ...GIVEN, SIGN_IN_CLIENTS: CLIENTS } });
    const before = secretsOf(state);
    expect([first.code, before['SIGN-IN-CLIENTS']]).toEqual([0, CLIENTS]);
    expect(first.output + JSON.stringify(state.calls)).not.toContain(SECRET);
    expect((await runDeploy(state, [])).code).toBe(0);
    expect(secretsOf(state)).toEqual(before);
  });

  test('beside the broker has the secrets of both', async () => {
    const state = freshState();
    expect((await runDeploy(state, [...ON, '--enable-broker'], { environment: BROKER_GIVEN })).code).toBe(0);
    expect(Object.keys(secretsOf(state))).toEqual(
      expect.arrayContaining(['BROKER-CLIENT-TOKEN', 'SIGN-IN-CLIENTS']),
    );
  });

  test.each([
    ['no JSON', 'x'],
    ['a short secret', CLIENTS.replace(SECRET, 'short')],
  ])('is refused before anything changes where the list of clients is %s', async (_name, SIGN_IN_CLIENTS) => {
    const state = freshState();
    const { code, output } = await runDeploy(state, ON, { environment: { ...GIVEN, SIGN_IN_CLIENTS } });
    expect([code, output.includes('SIGN_IN_CLIENTS')]).toEqual([1, true]);
    expect(state.vaults).toEqual({});
  });

  test('is refused without the consumer', async () => {
    const { code, output } = await runDeploy(freshState(), ON);
    expect([code, output.includes('DISCOGS_CONSUMER_KEY')]).toEqual([1, true]);
  });
});
