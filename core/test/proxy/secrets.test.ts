import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { SecretState, VaultAnswer } from '../../src/proxy/auth/secrets.ts';
import {
  ABSENT,
  FROM_ENVIRONMENT,
  FROM_VAULT,
  given,
  REFERENCE,
  UNREADABLE,
  UNRESOLVED,
  type VaultReply,
} from '../support/givenSecrets.ts';

const NAMES = ['DISCOGS_TOKEN', 'X_API_KEY', 'CLIENT_KEYS'] as const;

/** One clock for `now` and for timers. */
beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('which secret wins', () => {
  const vaultStates: ReadonlyArray<readonly [string, VaultReply | undefined]> = [
    ['no vault', undefined],
    ['a vault that holds it', FROM_VAULT],
    ['a vault without it', { kind: 'absent' }],
    ['a vault that holds an empty value', { kind: 'value', value: ' \n' }],
    ['a vault that refuses', UNREADABLE],
    ['a vault reader that rejects', new Error('boom')],
    ['a vault that holds a reference', { kind: 'value', value: REFERENCE }],
  ];
  const expected: ReadonlyArray<
    readonly [string, string | undefined, SecretState | 'asks', readonly SecretState[]]
  > = [
    // environment, first answer, then what is in force after the vault has been read, in the order of `vaultStates`
    [
      'a value',
      ' env-secret\n',
      FROM_ENVIRONMENT,
      [
        FROM_ENVIRONMENT,
        FROM_VAULT,
        FROM_ENVIRONMENT,
        FROM_ENVIRONMENT,
        FROM_ENVIRONMENT,
        FROM_ENVIRONMENT,
        FROM_ENVIRONMENT,
      ],
    ],
    ['nothing', undefined, 'asks', [ABSENT, FROM_VAULT, ABSENT, ABSENT, UNRESOLVED, UNRESOLVED, UNRESOLVED]],
    ['blanks', '  ', 'asks', [ABSENT, FROM_VAULT, ABSENT, ABSENT, UNRESOLVED, UNRESOLVED, UNRESOLVED]],
    [
      'an unresolved reference',
      REFERENCE,
      'asks',
      [UNRESOLVED, FROM_VAULT, UNRESOLVED, UNRESOLVED, UNRESOLVED, UNRESOLVED, UNRESOLVED],
    ],
  ];

  for (const name of NAMES) {
    for (const [what, raw, first, results] of expected) {
      for (const [index, [vaultState, reply]] of vaultStates.entries()) {
        const result = results[index];
        it(`${name}: the environment has ${what}, and there is ${vaultState}`, async () => {
          const { secrets } = given(raw === undefined ? {} : { [name]: raw }, reply);
          const answer = secrets.read(name, 1_000);
          expect(answer instanceof Promise).toBe(first === 'asks' && reply !== undefined);
          expect(await answer).toEqual(first === 'asks' ? result : first);
          secrets.refresh();
          await pass(0);
          expect(secrets.read(name, 1_000)).toEqual(result);
        });
      }
    }
  }

  it('takes only the exact notation of the platform for a reference', () => {
    const { secrets } = given({ DISCOGS_TOKEN: '@microsoft.keyvault(SecretUri=x)' }, undefined);
    expect(secrets.read('DISCOGS_TOKEN', 1_000)).toEqual({
      kind: 'value',
      value: '@microsoft.keyvault(SecretUri=x)',
    });
  });
});

describe('waiting for the vault', () => {
  it('gives a value that arrives in time', async () => {
    const { secrets } = given({}, { afterMs: 800, answer: FROM_VAULT });
    const answer = secrets.read('X_API_KEY', 1_000);
    await pass(800);
    expect(await answer).toEqual(FROM_VAULT);
  });

  it('reads once for all who wait, and lets each go at its own time', async () => {
    const { secrets, readsOf } = given({}, { afterMs: 3_000, answer: FROM_VAULT });
    const settledAt: number[] = [];
    const start = Date.now();
    const waiters = [100, 500, 4_000].map(async (timeoutMs, index) => {
      const answer = await secrets.read('X_API_KEY', timeoutMs);
      settledAt[index] = Date.now() - start;
      return answer;
    });
    await pass(4_000);
    expect(await Promise.all(waiters)).toEqual([UNRESOLVED, UNRESOLVED, FROM_VAULT]);
    expect(settledAt).toEqual([100, 500, 3_000]);
    expect(readsOf('X_API_KEY')).toBe(1);
  });

  it('waits five seconds at most, and the late answer serves the next call', async () => {
    const { secrets } = given({}, { afterMs: 7_000, answer: FROM_VAULT });
    const answer = secrets.read('DISCOGS_TOKEN', 30_000);
    await pass(4_999);
    const early = await Promise.race([answer, 'still waiting']);
    await pass(1);
    expect([early, await answer]).toEqual(['still waiting', UNRESOLVED]);
    await pass(2_000);
    expect(secrets.read('DISCOGS_TOKEN', 30_000)).toEqual(FROM_VAULT);
  });

  it('does not wait without time, but begins the read', async () => {
    const { secrets } = given({}, FROM_VAULT);
    expect(secrets.read('DISCOGS_TOKEN', 0)).toEqual(UNRESOLVED);
    await pass(0);
    expect(secrets.read('DISCOGS_TOKEN', 0)).toEqual(FROM_VAULT);
  });

  it('leaves no timer behind and hands every read to the host', async () => {
    const { secrets, kept } = given({}, FROM_VAULT);
    await secrets.read('DISCOGS_TOKEN', 1_000);
    secrets.refresh();
    await Promise.all(kept);
    expect(kept).toHaveLength(3);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives up a read that never ends, and reads again after the pause', async () => {
    const { secrets, state, lines, readsOf } = given({}, 'never');
    const first = secrets.read('X_API_KEY', 1_000);
    await pass(1_000);
    expect(await first).toEqual(UNRESOLVED);
    await pass(10_000);
    expect(secrets.read('X_API_KEY', 1_000)).toEqual(UNRESOLVED);
    expect(lines).toEqual(['warn key_vault_unreadable which=X_API_KEY detail=no_answer']);
    state.vault = FROM_VAULT;
    await pass(5_000);
    expect(await secrets.read('X_API_KEY', 1_000)).toEqual(FROM_VAULT);
    expect(readsOf('X_API_KEY')).toBe(2);
  });

  it('ignores what a read says that was given up for a newer one', async () => {
    const stale: VaultAnswer = { kind: 'value', value: 'stale' };
    const { secrets, state } = given({}, { afterMs: 20_000, answer: stale });
    secrets.refresh();
    await pass(11_000);
    state.vault = FROM_VAULT;
    secrets.refresh();
    await pass(5_000);
    secrets.refresh();
    await pass(10_000);
    expect(secrets.read('X_API_KEY', 1_000)).toEqual(FROM_VAULT);
  });
});
