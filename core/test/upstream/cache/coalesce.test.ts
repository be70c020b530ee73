import { describe, expect, it } from '@jest/globals';
import { createCoalescer, type Work } from '../../../src/upstream/cache/coalesce.ts';
import { virtualTime } from '../../support/virtualTime.ts';

function setup() {
  const time = virtualTime();
  const coalescer = createCoalescer<string, string>({ ...time, waitUntil: () => {} });
  const deadline = time.now() + 25_000;
  let begun = 0;
  let seen: string | undefined;
  const run = (work: () => Work<string, string>) =>
    coalescer.run(
      'key',
      () => {
        begun += 1;
        return work();
      },
      {
        who: 'w',
        leftMs: () => deadline - time.now(),
        failed: () => false,
        lookAgain: { everyMs: 2000, look: async () => seen },
      },
    );
  return {
    time,
    run,
    begun: () => begun,
    see: (value: string) => {
      seen = value;
    },
  };
}

const after = (time: ReturnType<typeof virtualTime>, ms: number, value: string): Work<string, string> => ({
  promise: time.sleep(ms).then(() => value),
  join: () => {},
});
const never = (aliveUntil?: () => number): Work<string, string> => ({
  promise: new Promise(() => {}),
  join: () => {},
  ...(aliveUntil ? { aliveUntil } : {}),
});

describe('a follower that looks again', () => {
  it('takes the value of the work as soon as it is there', async () => {
    const { time, run, begun } = setup();
    void run(() => after(time, 500, 'done'));
    const start = time.now();
    expect(await time.until(run(() => never()))).toEqual({ value: 'done', leader: false });
    expect([begun(), time.now() - start]).toEqual([1, 500]);
  });

  it('takes what it sees elsewhere when the work does not tell', async () => {
    const { time, run, see } = setup();
    void run(() => never());
    const following = run(() => never());
    await time.advance(1000);
    see('seen');
    expect(await time.until(following)).toEqual({ value: 'seen', leader: false });
  });

  it('does the work itself when nobody is alive to do it, once for all who wait', async () => {
    const { time, run, begun } = setup();
    const diesAt = time.now() + 5000;
    void run(() => never(() => diesAt));
    const following = [1, 2, 3].map(() => run(() => after(time, 100, 'by another')));
    const values = await time.until(Promise.all(following));
    expect(values.map(({ value }) => value)).toEqual(Array(3).fill('by another'));
    expect(values.filter(({ leader }) => leader)).toHaveLength(1);
    expect(begun()).toBe(2);
  });

  it('gives up at its deadline', async () => {
    const { time, run } = setup();
    void run(() => never());
    const start = time.now();
    expect((await time.until(run(() => never()))).value).toBe('too_late');
    expect(time.now() - start).toBe(25_000);
  });
});
