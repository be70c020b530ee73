/** A long random life of a gateway: whatever happens, three promises hold. `LONG=1` makes it twenty times longer. */

import {
  createSharedCache,
  discogsBudget,
  type FetchedAnswer,
  type FetchFailure,
  memoryWindowStore,
} from '@discogs-agent/core';
import { expect, it } from '@jest/globals';
import { answer, ask, call, fixedSecrets, gateway, recordedLog, timeout } from '../support/fakes.ts';
import { PLAIN_CODEC, troubledAnswers } from '../support/instances.ts';
import { virtualTime } from '../support/virtualTime.ts';

const STEPS = process.env['LONG'] === '1' ? 100_000 : 5000;
const SEED = 20_240_917;
const LONGEST_SECONDS = 21_600;
const LIMIT = 60;
const WINDOW_MS = 60_000;
/** Users of Discogs in whose name the gateway calls in turn; none may see what is another's. */
const TOKENS = ['token-a', 'token-b'];
const KEYS = ['key-one', 'key-two', 'key-three'];

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it.each([1, 3])(
  `of %i instances holds its promises for ${STEPS} random steps`,
  async (instances) => {
    const random = seeded(SEED);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const time = virtualTime();
    let token = 'token-a';
    let health: 'well' | 'faulty' | 'down' = 'well';
    const sent: number[] = [];
    const broken: string[] = [];
    /** Everything that happened to a read; a run that never sees a stale answer or a refusal proves little. */
    const outcomes = new Set<string>();

    const outage = [timeout, answer(503), answer(500)];
    const fault = (): FetchedAnswer | FetchFailure =>
      pick(health === 'down' ? outage : [...outage, answer(429), answer(200, '')]);

    const windowStore = memoryWindowStore(discogsBudget(true));
    const shared = troubledAnswers(time);
    const { now, setTimer } = time;
    const waitUntil = () => {};
    const tier = () =>
      createSharedCache({ store: shared, codec: PLAIN_CODEC, now, setTimer, waitUntil, log: recordedLog() });

    const instance = () =>
      gateway({
        now: time.now,
        windowStore,
        ...(instances > 1 ? { sharedCache: tier() } : {}),
        setTimer: time.setTimer,
        random,
        fetcher: async ({ headers, pathAndQuery }) => {
          const arrivedAt = time.now();
          sent.push(arrivedAt);
          while ((sent[0] ?? 0) <= arrivedAt - WINDOW_MS) sent.shift();
          if (sent.length > LIMIT) broken.push(`${sent.length} calls in a window`);
          await time.sleep(50 + 500 * random());
          if (health === 'down' || (health === 'faulty' && random() < 0.7)) return fault();
          const owner = TOKENS.find((each) => headers['authorization']?.includes(each));
          return answer(200, { owner, path: pathAndQuery, saidAt: arrivedAt });
        },
        secrets: {
          ...fixedSecrets({}),
          read: (name) =>
            name === 'DISCOGS_TOKEN'
              ? { kind: 'value', value: token }
              : name === 'CLIENT_KEYS'
                ? { kind: 'absent' }
                : { kind: 'value', value: KEYS.join(',') },
        },
        digest: (bytes) => Buffer.from(bytes).toString('base64url').slice(0, 400),
      });
    const all = Array.from({ length: instances }, instance);

    async function read(target: string, personal: boolean): Promise<void> {
      const asker = token;
      const conversation = `c${Math.floor(random() * 6)}`;
      const noCache: Record<string, string> = random() < 0.05 ? { 'cache-control': 'no-cache' } : {};
      const headers = { 'x-api-key': pick(KEYS), 'openai-conversation-id': conversation, ...noCache };
      const { status, json, headers: got } = await ask(pick(all), call('GET', target, { headers }));
      outcomes.add(status === 200 ? `${got['x-cache']}` : `${status}`);
      if (status !== 200) return;
      const { owner, saidAt } = json as { owner: string; saidAt: number };
      // The way back from Discogs is part of the age; a second covers it.
      const ageSeconds = (time.now() - saidAt) / 1000;
      if (ageSeconds > LONGEST_SECONDS + 1) broken.push(`${target} is ${ageSeconds} s old`);
      if (personal && owner !== asker) broken.push(`${target} of ${owner} for ${asker}`);
    }

    function step(): Promise<unknown> {
      const dice = random();
      const id = 1 + Math.floor(60 * random() ** 2);
      if (dice < 0.55) return read(`/releases/${id}`, false);
      if (dice < 0.7) return read(`/artists/${id}/releases`, false);
      if (dice < 0.85) return read(pick(['/oauth/identity', '/users/me/wants']), true);
      if (dice < 0.9)
        return ask(pick(all), call('PUT', `/users/me/wants/${id}`, { headers: { 'x-api-key': pick(KEYS) } }));
      if (dice < 0.95) token = pick(TOKENS);
      else if (dice < 0.97) health = pick(health === 'well' ? ['faulty', 'down'] : ['well']);
      else if (dice < 0.975) shared.mode = pick(['well', 'well', 'well', 'down', 'never ends']);
      return Promise.resolve();
    }

    const underWay = new Set<Promise<unknown>>();
    for (let steps = 0; steps < STEPS; steps += 1) {
      const work = step();
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
      const dice = random();
      // Mostly a moment passes, now and then minutes, and rarely the hours after which an answer has to go.
      await time.advance(
        dice < 0.97 ? 800 * random() : dice < 0.998 ? 300_000 * random() : 25_000_000 * random(),
      );
    }
    await time.until(Promise.all(underWay));
    expect(broken).toEqual([]);
    expect([...outcomes]).toEqual(
      expect.arrayContaining(['hit', 'miss', 'coalesced', 'stale', '429', '503']),
    );
  },
  600_000,
);
