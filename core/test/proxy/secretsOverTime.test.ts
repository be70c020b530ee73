import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
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

const MINUTE = 60_000;

/** One clock for `now` and for timers. */
beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('an outage of the vault', () => {
  it('tries again after 5, 10, 20, 40 and then every 60 seconds, and answers at once in between', async () => {
    const { secrets, readsOf } = given({}, UNREADABLE);
    const triedAt: number[] = [];
    const start = Date.now();
    for (let second = 0; second <= 200; second += 1) {
      const before = readsOf('DISCOGS_TOKEN');
      const answer = secrets.read('DISCOGS_TOKEN', 1_000);
      const tried = readsOf('DISCOGS_TOKEN') > before;
      if (tried) triedAt.push((Date.now() - start) / 1_000);
      expect(answer instanceof Promise).toBe(tried);
      expect(await answer).toEqual(UNRESOLVED);
      await pass(1_000);
    }
    expect(triedAt).toEqual([0, 5, 15, 35, 75, 135, 195]);
  });

  it('is told once, again when its cause changes, and when it ends', async () => {
    const { secrets, state, lines } = given({ X_API_KEY: 'a', CLIENT_KEYS: '[]' }, UNREADABLE);
    const look = async () => {
      await secrets.read('DISCOGS_TOKEN', 1_000);
      await pass(MINUTE);
    };
    await look();
    await look();
    state.vault = { kind: 'unreadable', detail: 'timeout\r\nforged line' };
    await look();
    state.vault = FROM_VAULT;
    await look();
    expect(lines).toEqual([
      'warn key_vault_unreadable which=DISCOGS_TOKEN detail=403 Forbidden',
      'warn key_vault_unreadable which=DISCOGS_TOKEN detail=timeout forged line',
      'info key_vault_readable which=DISCOGS_TOKEN',
    ]);
  });

  it('does not stop a warm app: the last value stays in force', async () => {
    const { secrets, state } = given({ DISCOGS_TOKEN: REFERENCE }, FROM_VAULT);
    await secrets.read('DISCOGS_TOKEN', 1_000);
    state.vault = UNREADABLE;
    for (let minute = 0; minute < 60; minute += 1) {
      await pass(MINUTE);
      secrets.refresh();
      expect(secrets.read('DISCOGS_TOKEN', 1_000)).toEqual(FROM_VAULT);
    }
  });

  it('starts over with the short pause after it has ended', async () => {
    const { secrets, state, readsOf } = given({}, UNREADABLE);
    for (const pause of [0, 5_000, 10_000]) {
      await pass(pause);
      await secrets.read('X_API_KEY', 1_000);
    }
    state.vault = FROM_VAULT;
    await pass(20_000);
    await secrets.read('X_API_KEY', 1_000);
    state.vault = UNREADABLE;
    await pass(5 * MINUTE);
    secrets.refresh();
    await pass(5_000);
    secrets.refresh();
    expect(readsOf('X_API_KEY')).toBe(6);
  });
});

describe('rotation', () => {
  it('reads a value again only when it is five minutes old and somebody asks', async () => {
    const { secrets, state, readsOf } = given({ X_API_KEY: 'env-secret' }, FROM_VAULT);
    secrets.refresh();
    await pass(5 * MINUTE - 1);
    secrets.refresh();
    expect(readsOf('X_API_KEY')).toBe(1);
    state.vault = { kind: 'value', value: 'rotated\n' };
    await pass(60 * MINUTE);
    expect(readsOf('X_API_KEY')).toBe(1);
    secrets.refresh();
    // The answer behind which the read goes on still has the old value.
    expect(secrets.read('X_API_KEY', 1_000)).toEqual(FROM_VAULT);
    await pass(0);
    expect(secrets.read('X_API_KEY', 1_000)).toEqual({ kind: 'value', value: 'rotated' });
    expect(readsOf('X_API_KEY')).toBe(2);
  });

  it('finds a secret that was added to the vault later', async () => {
    const { secrets, state } = given({}, { kind: 'absent' });
    expect(await secrets.read('CLIENT_KEYS', 1_000)).toEqual(ABSENT);
    state.vault = FROM_VAULT;
    await pass(5 * MINUTE);
    secrets.refresh();
    await pass(0);
    expect(secrets.read('CLIENT_KEYS', 1_000)).toEqual(FROM_VAULT);
  });

  it('lets the environment decide again when the vault has deleted a secret', async () => {
    const { secrets, state, lines } = given(
      { X_API_KEY: 'env-secret', DISCOGS_TOKEN: REFERENCE },
      FROM_VAULT,
    );
    secrets.refresh();
    await pass(5 * MINUTE);
    state.vault = { kind: 'absent' };
    secrets.refresh();
    await pass(0);
    const now = (['DISCOGS_TOKEN', 'X_API_KEY', 'CLIENT_KEYS'] as const).map((name) =>
      secrets.read(name, 1_000),
    );
    expect(now).toEqual([UNRESOLVED, FROM_ENVIRONMENT, ABSENT]);
    expect(lines).toContain('warn key_vault_secret_gone which=X_API_KEY');
  });
});

describe('secrecy', () => {
  it('never writes a value, whatever happens to it', async () => {
    const SECRET = 'p4ssw0rd';
    const everything: VaultReply[] = [
      { kind: 'value', value: SECRET },
      { kind: 'value', value: `${REFERENCE}${SECRET}` },
      new Error(`could not parse ${SECRET}`),
      { kind: 'absent' },
      UNREADABLE,
      { kind: 'value', value: SECRET },
    ];
    const { secrets, state, lines } = given({ DISCOGS_TOKEN: SECRET, X_API_KEY: SECRET }, 'never');
    for (const reply of everything) {
      state.vault = reply;
      await pass(5 * MINUTE);
      secrets.refresh();
      await pass(0);
    }
    expect(lines.length).toBeGreaterThan(6);
    expect(lines.join('\n')).not.toContain(SECRET);
  });
});
