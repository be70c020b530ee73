/** What a 429 of Discogs begins: how long everybody waits, who finds out whether it is over, and what callers hear. */
import { describe, expect, it } from '@jest/globals';
import { discogsBudget } from '../../../src/upstream/ratelimit/policy.ts';
import {
  type Cooldown,
  completeCall,
  emptyWindow,
  type WindowState,
} from '../../../src/upstream/ratelimit/window.ts';
import { memoryWindowStore } from '../../../src/upstream/ratelimit/windowStore.ts';
import { answer, ask, call, gateway } from '../../support/fakes.ts';
import { virtualTime } from '../../support/virtualTime.ts';

const POLICY = discogsBudget(true);

describe('a pause', () => {
  const SLOT = { id: 'one', key: 'k', conversation: 'k/c', sentAt: 1000 };
  const NOW = 5000;

  const after = (cooldown: Cooldown | undefined, retryAfterMs: number | undefined): Cooldown | undefined => {
    const state: WindowState = { ...emptyWindow(POLICY), inFlight: [SLOT], cooldown };
    return completeCall(state, POLICY, SLOT.id, NOW, { limited: true, limit: 60, used: 60, retryAfterMs })
      .cooldown;
  };
  const probed = (lengthMs: number): Cooldown => ({ until: 500, lengthMs, probe: SLOT.id });

  it.each<[string, Cooldown | undefined, number | undefined, number]>([
    ['as long as Discogs states', undefined, 2000, 2000],
    ['ten seconds where it states nothing', undefined, undefined, 10_000],
    ['ten seconds where it states none', undefined, 0, 10_000],
    ['an hour where it states a year', undefined, 31_536_000_000, 3_600_000],
    ['twice as long when its probe is refused', probed(10_000), undefined, 20_000],
    ['twice as long whatever is stated then', probed(2000), 1000, 4000],
    ['as long as is stated then where that is longer', probed(2000), 30_000, 30_000],
    ['ten seconds at least where nothing is stated then', probed(2000), undefined, 10_000],
    ['a minute at most when it is doubled', probed(40_000), undefined, 60_000],
  ])('lasts %s', (_, pause, retryAfterMs, lengthMs) => {
    expect(after(pause, retryAfterMs)).toEqual({ until: NOW + lengthMs, lengthMs, probe: undefined });
  });

  it.each<[string, Cooldown, number | undefined, number]>([
    ['that lasts', { until: 12_000, lengthMs: 10_000, probe: undefined }, undefined, 12_000],
    ['that lasts, but for a later end', { until: 12_000, lengthMs: 10_000, probe: undefined }, 9000, 14_000],
    ['whose probe is under way', { until: 4000, lengthMs: 2000, probe: 'another' }, 9000, 4000],
  ])('%s is not changed by a call that was under way when it began', (_, pause, retryAfterMs, until) => {
    expect(after(pause, retryAfterMs)).toEqual({ ...pause, until });
  });
});

/** `instances` gateways over one window, in front of a Discogs that answers as `told`, one after the other. */
function setup(
  told: readonly (readonly [status: number, used: number, retryAfter?: string | undefined])[],
  instances = 1,
  storeMs = 0,
) {
  const time = virtualTime();
  const start = time.now();
  const sentAt: number[] = [];
  const fetcher = async () => {
    const [status, used, retryAfter] = told[Math.min(sentAt.length, told.length - 1)] ?? [200, 0];
    sentAt.push(time.now() - start);
    await time.sleep(100);
    return answer(status, status === 200 ? { id: 1 } : '', {
      'x-discogs-ratelimit': '60',
      'x-discogs-ratelimit-used': String(used),
      ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    });
  };
  const memory = memoryWindowStore(POLICY);
  const slowly = async <T>(work: () => T | Promise<T>): Promise<T> => {
    await time.sleep(storeMs);
    return work();
  };
  const distant = {
    ...memory,
    read: () => slowly(memory.read),
    write: (state: WindowState, version: string) => slowly(() => memory.write(state, version)),
    isCurrent: () => false,
  };
  const windowStore = storeMs === 0 ? memory : distant;
  const all = Array.from({ length: instances }, () =>
    gateway({ now: time.now, setTimer: time.setTimer, fetcher, windowStore }),
  );
  let asked = 0;
  /** A read of something new at the next instance; a write is never repeated by the gateway. */
  async function askWithoutKey(method: 'GET' | 'DELETE' = 'GET') {
    asked += 1;
    const from = all[asked % instances];
    if (!from) throw new Error('no instance');
    const path = method === 'GET' ? `/artists/${asked}` : `/users/u/wants/${asked}`;
    const { status, json, headers } = await ask(from, call(method, path));
    if (status !== 429) return { status, reset: undefined };
    const { reset, source } = json as { reset: number; source: string };
    const places = [reset, Number(headers['retry-after']), Number(headers['x-discogs-ratelimit-reset'])];
    // One number, wherever a caller looks.
    expect(places).toEqual([reset, reset, reset]);
    expect(headers['x-discogs-ratelimit-remaining']).toBe('0');
    return { status, reset, source };
  }
  return { time, sentAt, askWithoutKey };
}

describe('after a 429 whose headers say that the window is used up', () => {
  it.each([
    ['a time', '40', 40],
    ['no time', undefined, 10],
  ])(
    'that states %s, callers hear how long to wait, and are served when they come back then',
    async (_, retryAfter, seconds) => {
      const { time, askWithoutKey, sentAt } = setup([
        [429, 60, retryAfter],
        [200, 3],
        [200, 4],
      ]);
      expect(await time.until(askWithoutKey('DELETE'))).toEqual({
        status: 429,
        reset: seconds,
        source: 'discogs',
      });
      await time.advance(seconds * 1000 - 9_500);
      expect(sentAt).toHaveLength(1);
      const meanwhile = askWithoutKey('DELETE');
      const early = time.now();
      await time.advance(9_500);
      expect(await time.until(meanwhile)).toMatchObject({ status: 200 });
      expect(time.now() - early).toBeLessThan(9_700);
      expect(await time.until(askWithoutKey('DELETE'))).toMatchObject({ status: 200 });
    },
  );

  it('whoever cannot wait for its end hears the same end as everybody', async () => {
    const { time, askWithoutKey, sentAt } = setup([
      [429, 60, '90'],
      [200, 3],
    ]);
    expect((await time.until(askWithoutKey('DELETE'))).reset).toBe(90);
    for (const left of [60, 45, 30]) {
      await time.advance(90_000 - 1000 * left - time.now() + 1_000_000 + 100);
      expect(await time.until(askWithoutKey())).toEqual({ status: 429, reset: left, source: 'proxy' });
    }
    await time.advance(30_000);
    expect((await time.until(askWithoutKey())).status).toBe(200);
    expect(sentAt).toHaveLength(2);
  });

  it.each([1, 4])(
    'one call of those who wait at %i instances finds out, and the others follow',
    async (count) => {
      const { time, askWithoutKey, sentAt } = setup(
        [
          [429, 60, '2'],
          [200, 3],
          [200, 4],
        ],
        count,
      );
      await time.until(askWithoutKey('DELETE'));
      const waiting = Promise.all(Array.from({ length: 8 }, () => askWithoutKey()));
      await time.advance(1999);
      expect(sentAt).toHaveLength(1);
      await time.advance(50);
      expect(sentAt).toHaveLength(2);
      await time.advance(1000);
      expect((await time.until(waiting)).map(({ status }) => status)).toEqual(Array(8).fill(200));
    },
  );

  it('callers of four instances hear the same, also before the store has been told', async () => {
    const { time, askWithoutKey } = setup(
      [
        [429, 60, '40'],
        [200, 3],
      ],
      4,
      200,
    );
    expect(await time.until(askWithoutKey('DELETE'))).toEqual({ status: 429, reset: 40, source: 'discogs' });
    await time.advance(9800);
    const replies = await time.until(Promise.all(Array.from({ length: 4 }, () => askWithoutKey('DELETE'))));
    expect(replies).toEqual(Array(4).fill({ status: 429, reset: 30, source: 'proxy' }));
  });

  it('the next one finds out when the first was refused, after twice the time', async () => {
    const { time, askWithoutKey, sentAt } = setup([
      [429, 60, '4'],
      [429, 60, '4'],
      [429, 60],
      [200, 3],
    ]);
    await time.until(askWithoutKey('DELETE'));
    expect((await time.until(askWithoutKey('DELETE'))).reset).toBe(8);
    expect((await time.until(askWithoutKey('DELETE'))).reset).toBe(16);
    expect((await time.until(askWithoutKey('DELETE'))).status).toBe(200);
    const pauses = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0) - 100);
    expect(pauses).toEqual([4000, 8000, 16_000]);
  });

  it('its answer decides how many may follow', async () => {
    const { time, askWithoutKey, sentAt } = setup([
      [429, 60, '5'],
      [200, 59],
      [200, 60],
    ]);
    await time.until(askWithoutKey('DELETE'));
    const waiting = Promise.all(Array.from({ length: 4 }, () => askWithoutKey()));
    await time.advance(6000);
    const replies = await time.until(waiting);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    // Strangers are expected to keep what they have for a window.
    for (const { reset } of replies.filter(({ status }) => status === 429)) {
      expect(reset).toBeGreaterThan(50);
    }
    expect(sentAt).toHaveLength(2);
  });

  it('of which only the head arrived, everybody waits all the same', async () => {
    const time = virtualTime();
    const header = (name: string) => (name === 'retry-after' ? '40' : undefined);
    const broken = { kind: 'failure', cause: 'transport', name: 'ReadError', detail: '' } as const;
    const fetcher = async () => ({ ...broken, status: 429, header });
    const one = gateway({ now: time.now, setTimer: time.setTimer, fetcher });
    expect((await time.until(ask(one, call('DELETE', '/users/u/wants/1')))).status).toBe(502);
    const refused = await time.until(ask(one, call('GET', '/artists/1')));
    expect(refused).toMatchObject({ status: 429, json: { source: 'proxy', reset: 40 } });
  });

  it('a good answer without numbers leaves nothing of the estimate', async () => {
    const time = virtualTime();
    const told = [
      answer(429, '', { 'x-discogs-ratelimit-used': '60', 'retry-after': '3' }),
      answer(200, { id: 1 }),
    ];
    let sent = 0;
    const fetcher = async () => {
      sent += 1;
      return told[Math.min(sent, told.length) - 1] ?? answer(500);
    };
    const one = gateway({ now: time.now, setTimer: time.setTimer, fetcher });
    const reads = [1, 2, 3].map((id) => ask(one, call('GET', `/artists/${id}`)));
    await time.advance(4000);
    expect((await time.until(Promise.all(reads))).map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});
