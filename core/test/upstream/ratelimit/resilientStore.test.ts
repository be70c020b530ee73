import { describe, expect, it } from '@jest/globals';
import type { Observation } from '../../../src/discogs/rateLimitHeaders.ts';
import { discogsBudget } from '../../../src/upstream/ratelimit/policy.ts';
import { createResilientStore } from '../../../src/upstream/ratelimit/resilientStore.ts';
import { ownCalls } from '../../../src/upstream/ratelimit/window.ts';
import { recordedLog } from '../../support/fakes.ts';
import { flakyStore } from '../../support/flakyStore.ts';
import { limiterOn } from '../../support/onClock.ts';
import { virtualTime } from '../../support/virtualTime.ts';

const ANSWER: Observation = { limited: false, limit: 60, used: undefined, retryAfterMs: undefined };

/** `instances` limiters over one store; `sent` are the times at which calls went out. */
function setup(instances = 1) {
  const policy = discogsBudget(true);
  const time = virtualTime();
  const primary = flakyStore(policy, time.sleep);
  const sent: { at: number; instance: number }[] = [];
  const refused: number[] = [];
  const apps = Array.from({ length: instances }, (_, instance) => {
    const log = recordedLog();
    const { now, setTimer } = time;
    const waitUntil = (): void => {};
    const store = createResilientStore({ primary, policy, now, setTimer, waitUntil, log });
    const limiter = limiterOn(time, policy, store);
    const go = (calls: number, observation: Observation | undefined = ANSWER, takesMs = 100): void => {
      for (let call = 0; call < calls; call += 1) {
        const request = { priority: 'caller', key: 'k', conversation: `c${call % 4}` } as const;
        void limiter.acquire({ ...request, latestAt: time.now() + 25_000 }).then(async (result) => {
          if (result.kind === 'refused') return void refused.push(time.now());
          sent.push({ at: time.now(), instance });
          await time.sleep(takesMs);
          result.complete(observation);
        });
      }
    };
    return { store, limiter, go, log };
  });
  const [app] = apps;
  if (!app) throw new Error('no instance');
  const shared = async () => {
    const work = primary.read();
    await time.advance(primary.delayMs);
    return (await work).state;
  };
  return { time, primary, apps, app, sent, refused, shared };
}

/** An instance whose store is open and whose window is empty again. */
async function opened(instances = 1) {
  const all = setup(instances);
  for (const { go } of all.apps) go(1);
  await all.time.advance(130_000);
  all.sent.length = 0;
  expect(all.apps.map(({ store }) => store.healthy())).toEqual(all.apps.map(() => true));
  return all;
}

const lines = ({ log }: ReturnType<typeof setup>['app']): string[] => log.lines.map(({ line }) => line);

describe('before the store is open', () => {
  it('lets an instance send five calls at once, and enters them in the shared window', async () => {
    const { time, primary, app, sent, shared } = setup();
    primary.delayMs = 300;
    app.go(3);
    await time.advance(1);
    expect(sent).toHaveLength(3);
    expect(app.limiter.store).toBe('memory');
    await time.advance(2000);
    expect(app.limiter.store).toBe('tables');
    expect(ownCalls(await shared())).toBe(3);
    expect(lines(app)).toEqual(['window_store_open kind=tables entered=3']);
  });

  it('lets calls beyond the five wait a moment instead of refusing them', async () => {
    const { time, primary, app, sent, refused } = setup();
    primary.delayMs = 200;
    app.go(20);
    await time.advance(1);
    expect(sent).toHaveLength(5);
    await time.advance(2000);
    expect([sent.length, refused.length]).toEqual([20, 0]);
  });

  it('opens a store whose first connection is slow', async () => {
    const { time, primary, app } = setup();
    primary.delayMs = 1500;
    app.go(1);
    await time.advance(1400);
    primary.delayMs = 20;
    await time.advance(1000);
    expect(app.store.healthy()).toBe(true);
  });

  it('goes on with five a minute while it never opens, and says so once', async () => {
    const { time, primary, app, sent } = setup();
    primary.mode = 'down';
    for (let second = 0; second < 120; second += 1) {
      app.go(1);
      await time.advance(1000);
    }
    expect(sent.length).toBeGreaterThanOrEqual(10);
    expect(sent.length).toBeLessThanOrEqual(11);
    expect(lines(app)).toEqual(['window_store_closed kind=tables detail=ECONNREFUSED']);
  });
});

describe('a store that fails under way', () => {
  for (const mode of ['down', 'never ends'] as const) {
    it(`that ${mode === 'down' ? 'is down' : 'does not answer'} holds nobody for long, and is used again when it is back`, async () => {
      const { time, primary, app, sent, shared } = await opened();
      primary.mode = mode;
      app.go(10);
      await time.advance(600);
      expect(sent).toHaveLength(5);
      expect(app.store.healthy()).toBe(false);
      await time.advance(2500);
      expect(sent).toHaveLength(5);
      primary.mode = 'well';
      await time.advance(15_000);
      expect(app.store.healthy()).toBe(true);
      expect(ownCalls(await shared())).toBe(5);
      app.go(1);
      await time.advance(50);
      expect(sent).toHaveLength(6);
      expect(lines(app).slice(1)).toEqual([
        `window_store_away kind=tables detail=${mode === 'down' ? 'ECONNREFUSED' : 'slow'} own_share=5`,
        'window_store_open kind=tables entered=5',
      ]);
    });
  }

  it('that is slow counts as away', async () => {
    const { time, primary, app, sent } = await opened();
    primary.delayMs = 800;
    app.go(5);
    await time.advance(501);
    expect(sent).toHaveLength(5);
    await time.advance(10_000);
    expect(app.store.healthy()).toBe(false);
    primary.delayMs = 20;
    await time.advance(6000);
    expect(app.store.healthy()).toBe(true);
  });

  it('that did a write but lost the answer counts each call once', async () => {
    const { time, primary, app, sent, shared } = await opened();
    primary.mode = 'loses answers';
    app.go(4, ANSWER, 5000);
    await time.advance(50);
    primary.mode = 'well';
    await time.advance(4000);
    expect(app.store.healthy()).toBe(true);
    expect(sent).toHaveLength(4);
    expect(ownCalls(await shared())).toBe(4);
    await time.advance(6000);
    expect(ownCalls(await shared())).toBe(4);
  });

  it('that forgot a write is told again of the calls under way', async () => {
    const { time, primary, app, shared } = await opened();
    const before = await shared();
    app.go(3, ANSWER, 5000);
    await time.advance(50);
    expect((await shared()).inFlight).toHaveLength(3);
    const now = primary.read();
    await time.advance(10);
    await Promise.all([primary.write(before, (await now).version), time.advance(10)]);
    expect((await shared()).inFlight).toHaveLength(0);
    app.go(1, ANSWER, 5000);
    await time.advance(50);
    expect((await shared()).inFlight).toHaveLength(4);
  });

  it('that calls every version old lets nobody through, and nothing is taken twice', async () => {
    const { time, primary, app, sent } = await opened();
    primary.mode = 'says old';
    app.go(3);
    await time.advance(5000);
    expect(sent).toHaveLength(0);
    primary.mode = 'well';
    await time.advance(2000);
    expect(sent).toHaveLength(3);
  });

  it('leaves less than five when Discogs says that less remain', async () => {
    const { time, primary, app, sent } = await opened();
    primary.mode = 'down';
    app.go(1, { ...ANSWER, used: 54 });
    await time.advance(1000);
    for (let call = 0; call < 10; call += 1) {
      app.go(1);
      await time.advance(100);
    }
    expect(sent.length).toBeLessThan(5);
  });

  it('does not forget a pause that Discogs asked for meanwhile', async () => {
    const { time, primary, app, shared } = await opened();
    primary.mode = 'down';
    app.go(1, { ...ANSWER, limited: true, retryAfterMs: 20_000 });
    await time.advance(1000);
    primary.mode = 'well';
    await time.advance(4000);
    expect((await shared()).cooldown?.until).toBeGreaterThan(time.now() + 10_000);
  });
});

describe('two instances over one flaky store', () => {
  it('never send more than the window and five each in any minute', async () => {
    const { time, primary, apps, sent } = await opened(2);
    const modes = ['well', 'down', 'never ends', 'loses answers', 'well', 'says old'] as const;
    for (let step = 0; step < 300; step += 1) {
      primary.mode = modes[(step >> 3) % modes.length] ?? 'well';
      primary.delayMs = step % 7 === 0 ? 700 : 10;
      for (const { go } of apps) go(2);
      await time.advance(1000);
    }
    primary.mode = 'well';
    await time.advance(60_000);
    const times = sent.map(({ at }) => at).sort((a, b) => a - b);
    const most = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length),
    );
    expect(most).toBeLessThanOrEqual(70);
    expect(times.length).toBeGreaterThan(120);
    expect(apps.every(({ store }) => store.healthy())).toBe(true);
  });
});
