/** Many who want the same at once, in random order and trouble: one call takes one slot, and nothing stays behind. */
import { discogsBudget, memoryWindowStore, type WindowState } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { answer, ask, call, gateway, timeout } from '../support/fakes.ts';
import { type VirtualTime, virtualTime } from '../support/virtualTime.ts';

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A shared window some milliseconds away, and every state that was written into it. */
function distantWindow({ sleep }: VirtualTime) {
  const store = memoryWindowStore(discogsBudget(true));
  const written: WindowState[] = [];
  const windowStore = {
    ...store,
    read: () => sleep(10).then(store.read),
    async write(state: WindowState, version: string) {
      await sleep(10);
      const done = await store.write(state, version);
      if (done !== undefined) written.push(state);
      return done;
    },
  };
  return { windowStore, written };
}

const talk = (id: string) => ({ headers: { 'openai-conversation-id': id } });

describe('many conversations that want the same', () => {
  it('take one slot for it, so that somebody else is not refused', async () => {
    const time = virtualTime();
    const { windowStore, written } = distantWindow(time);
    const fetcher = () => time.sleep(200).then(() => answer(200, {}));
    const one = gateway({ now: time.now, setTimer: time.setTimer, windowStore, fetcher });
    const same = Array.from({ length: 70 }, (_, id) => ask(one, call('GET', '/artists/7', talk(`c${id}`))));
    const started = time.now();
    const other = ask(one, call('GET', '/artists/8', talk('other')));
    expect(await time.until(other)).toMatchObject({ status: 200 });
    expect(time.now() - started).toBeLessThan(400);
    expect((await time.until(Promise.all(same))).map(({ status }) => status)).toEqual(Array(70).fill(200));
    expect(Math.max(...written.map(({ inFlight }) => inFlight.length))).toBe(2);
  });

  it.each([1, 2, 3, 4, 5, 6])('leave neither waiters nor slots behind (seed %i)', async (seed) => {
    const time = virtualTime();
    const random = seeded(seed);
    const { windowStore, written } = distantWindow(time);
    let sent = 0;
    const fetcher = async () => {
      sent += 1;
      await time.sleep(50 + 3000 * random());
      return random() < 0.2 ? timeout : random() < 0.1 ? answer(503) : answer(200, {});
    };
    const one = gateway({ now: time.now, setTimer: time.setTimer, windowStore, fetcher, random });
    const all: Promise<unknown>[] = [];
    for (let step = 0; step < 400; step += 1) {
      const id = 1 + Math.floor(8 * random() ** 2) + 8 * Math.floor(step / 60);
      const fresh: Record<string, string> = random() < 0.3 ? { 'cache-control': 'no-cache' } : {};
      const conversation = { 'openai-conversation-id': `c${Math.floor(40 * random())}` };
      all.push(ask(one, call('GET', `/artists/${id}`, { headers: { ...conversation, ...fresh } })));
      if (random() < 0.4) await time.advance(1200 * random());
    }
    await time.until(Promise.all(all));
    await time.advance(1000);
    const status = async () =>
      (await time.until(ask(one, call('GET', '/status')))).json as { window: { used: number } };
    expect(await status()).toMatchObject({ queue: { waiting: 0 } });
    const { inFlight = [], endedCalls = 0 } = written.at(-1) ?? {};
    expect(inFlight).toEqual([]);
    // What was sent is what the window counted: nothing was taken and never used.
    expect(endedCalls).toBeLessThanOrEqual(sent);
    await time.advance(70_000);
    expect((await status()).window.used).toBe(0);
  });
});
