/** Whatever led to a refusal: it tells one time everywhere, and who comes back then, alone, is served. */
import { discogsBudget, memoryWindowStore } from '@discogs-agent/core';
import { expect, it } from '@jest/globals';
import { answer, ask, call, fixedSecrets, gateway } from '../../support/fakes.ts';
import { virtualTime } from '../../support/virtualTime.ts';

const KEYS = ['a', 'b', 'c'];
const LIMIT = 60;
const WINDOW_MS = 60_000;

const SECRETS = fixedSecrets({
  DISCOGS_TOKEN: { kind: 'value', value: 't' },
  CLIENT_KEYS: {
    kind: 'value',
    value: JSON.stringify(KEYS.map((label) => ({ label, key: `key-${label}` }))),
  },
});

function seeded(seed: number): (below: number) => number {
  let state = seed * 7919;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A Discogs with an honest moving window, which strangers use, too. */
function discogs(time: ReturnType<typeof virtualTime>, random: (below: number) => number) {
  let window: number[] = [];
  const arrive = (calls: number): number => {
    window = window.filter((at) => at > time.now() - WINDOW_MS);
    const used = window.length;
    window.push(...Array<number>(calls).fill(time.now()));
    return used;
  };
  return {
    strangers: (calls: number) => void arrive(calls),
    /** It has room again. */
    recover: () => {
      window = [];
    },
    fetcher: async () => {
      await time.sleep(20 + random(80));
      const used = arrive(1);
      await time.sleep(20 + random(80));
      const status = used >= LIMIT ? 429 : 200;
      return answer(status, status === 200 ? { id: 1 } : '', {
        'x-discogs-ratelimit': String(LIMIT),
        'x-discogs-ratelimit-used': String(used),
        ...(status === 429 && random(2) === 0 ? { 'retry-after': String(1 + random(50)) } : {}),
      });
    },
  };
}

it.each([1, 3])('with %i instances, in twenty histories', async (instances) => {
  const seen = { proxy: 0, discogs: 0, pause: 0, share: 0, window: 0 };
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = seeded(seed);
    const time = virtualTime();
    const upstream = discogs(time, random);
    const windowStore = memoryWindowStore(discogsBudget(true, () => true));
    const severalKeys = true;
    const { now, setTimer } = time;
    const all = Array.from({ length: instances }, () =>
      gateway({ now, setTimer, fetcher: upstream.fetcher, windowStore, severalKeys, secrets: SECRETS }),
    );
    let id = 0;
    const send = (key: string, conversation: string, method: string) => {
      id += 1;
      const path = method === 'GET' ? `/artists/${id}` : `/users/u/wants/${id}`;
      const headers = { 'x-api-key': `key-${key}`, 'openai-conversation-id': conversation };
      const one = all[random(instances)];
      if (!one) throw new Error('no instance');
      return ask(one, call(method, path, { headers }));
    };
    let last: { readonly conversation: string; readonly at: number } | undefined;
    const work: Promise<unknown>[] = [];
    function begin(key: string, conversation: string, method: string): void {
      const asked = send(key, conversation, method).then(({ status, json, headers }) => {
        if (status !== 429) return;
        const { reset, remaining, source, message } = json as Record<string, unknown>;
        const told = [headers['retry-after'], headers['x-discogs-ratelimit-reset']];
        expect(told).toEqual([`${reset}`, `${reset}`]);
        expect([remaining ?? '0', headers['x-discogs-ratelimit-remaining']]).toEqual(['0', '0']);
        seen[source === 'discogs' ? 'discogs' : 'proxy'] += 1;
        if (/asked this gateway to pause/.test(`${message}`)) seen.pause += 1;
        if (/Your share/.test(`${message}`)) seen.share += 1;
        if (/All calls/.test(`${message}`)) seen.window += 1;
        last = { conversation, at: now() + Number(reset) * 1000 };
      });
      work.push(asked);
    }
    for (let burst = 0; burst < 12; burst += 1) {
      await time.advance(random(6000));
      if (random(3) === 0) upstream.strangers(random(40));
      const key = KEYS[random(KEYS.length)] ?? 'a';
      for (let n = random(30); n > 0; n -= 1) begin(key, `c${random(4)}`, random(4) === 0 ? 'DELETE' : 'GET');
    }
    await time.until(Promise.all(work));
    // Nobody comes after these, most of whom are refused.
    const key = KEYS[random(KEYS.length)] ?? 'a';
    for (let n = 0; n < 70; n += 1) begin(key, `c${random(4)}`, 'DELETE');
    await time.until(Promise.all(work));
    if (!last) throw new Error('nobody was refused');
    upstream.recover();
    await time.advance(last.at - now());
    const back = await time.until(send(key, last.conversation, 'GET'));
    expect([seed, back.status, back.json]).toEqual([seed, 200, expect.anything()]);
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
});
