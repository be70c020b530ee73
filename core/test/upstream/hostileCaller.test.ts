/** A Discogs that fails for one caller, and one that fails for all, over minutes of virtual time. */
import type { FetchedAnswer, FetchFailure } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { answer, ask, call, fixedSecrets, gateway, timeout } from '../support/fakes.ts';
import { type VirtualTime, virtualTime } from '../support/virtualTime.ts';

/** No budget is in the way. */
const PLENTY = { 'x-discogs-ratelimit': '1000000' };
const GOOD = answer(200, { id: 1 }, PLENTY);
const FAILED = answer(500, { message: 'An internal server error occurred.' }, PLENTY);
const REFUSED = answer(403, '<html></html>', { ...PLENTY, 'content-type': 'text/html' });

const CLIENT_KEYS = JSON.stringify([
  { label: 'hostile', key: 'key-h', read_only: true },
  { label: 'other', key: 'key-o' },
]);
const secrets = fixedSecrets({
  CLIENT_KEYS: { kind: 'value', value: CLIENT_KEYS },
  DISCOGS_TOKEN: { kind: 'value', value: 't' },
});

interface Outcome {
  readonly result: FetchedAnswer | FetchFailure;
  readonly afterMs: number;
}

type Discogs = (pathAndQuery: string, now: number) => Outcome;

function open(discogs: Discogs) {
  const time = virtualTime();
  const sent: string[] = [];
  const fetcher = async ({ pathAndQuery }: { pathAndQuery: string }) => {
    sent.push(pathAndQuery);
    const { result, afterMs } = discogs(pathAndQuery, time.now());
    await time.sleep(afterMs);
    return result;
  };
  let draws = 0;
  // Any sequence will do, as long as it is the same each time.
  const random = () => {
    draws += 1;
    return (draws * 0.618_033_988_7) % 1;
  };
  const one = gateway({ now: time.now, setTimer: time.setTimer, fetcher, secrets, random });
  const get = (path: string, key = 'key-o', conversation = 'c') =>
    ask(one, call('GET', path, { headers: { 'x-api-key': key, 'openai-conversation-id': conversation } }));
  return { time, sent, get };
}

/** Calls of one kind, one every `everyMs`, for `forMs`; answered with their statuses. */
async function poll(
  time: VirtualTime,
  { everyMs, forMs }: { everyMs: number; forMs: number },
  ask: (number: number) => Promise<{ status: number }>,
): Promise<number[]> {
  const answers: Promise<{ status: number }>[] = [];
  const until = time.now() + forMs;
  for (let number = 0; time.now() < until; number += 1) {
    answers.push(ask(number));
    await time.sleep(everyMs);
  }
  return (await Promise.all(answers)).map(({ status }) => status);
}

const failuresAmong = (statuses: readonly number[]): number =>
  statuses.filter((status) => status !== 200).length;

describe('a caller whose requests Discogs cannot answer', () => {
  const hostile = (path: string) => /absurd|unwanted|^\/releases\/0*666/.test(path);
  const discogs: Discogs = (path) => {
    const failure = path.includes('unwanted') ? REFUSED : FAILED;
    return { result: hostile(path) ? failure : GOOD, afterMs: 80 };
  };
  const searches = [1, 2, 3, 4, 5].flatMap((x) => [
    `/database/search?q=absurd-${x}`,
    `/database/search?q=unwanted-${x}`,
  ]);
  const oneRecord = [
    '/releases/6661',
    '/releases/06661',
    '/releases/006661',
    '/releases/0006661',
    '/releases/00006661',
  ];
  const fiveRecords = [1, 2, 3, 4, 5].map((x) => `/releases/666${x}`);
  const refusedNames = [1, 2, 3, 4, 5].map((x) => `/users/unwanted-${x}/wants`);

  const attacks: readonly [string, readonly string[], number][] = [
    ['ten queries of one path', searches, 0],
    ['one record in five spellings', oneRecord, 0],
    ['five names that the edge refuses', refusedNames, 0],
    // They open it once; whoever comes in these two seconds is told when to come again.
    ['five records', fiveRecords, 2],
    // A sixth path that fails may be the probe, when he cannot be told from others, and opens it once more.
    ['all of these', [...searches, ...oneRecord, ...fiveRecords, ...refusedNames], 6],
  ];
  const identities: readonly [string, string, string][] = [
    ['a key of its own', 'key-h', 'c'],
    ["the others' key", 'key-o', 'h'],
    ["the others' key and conversation", 'key-o', 'c'],
  ];
  const cases = attacks.flatMap(([what, paths, lost]) =>
    identities.map(([who, key, conversation]) => ({ what, who, paths, lost, key, conversation })),
  );

  it.each(cases)(
    'takes next to nothing from others who asks for $what ten times a second, with $who',
    async ({ paths, lost, key, conversation }) => {
      const { time, get } = open(discogs);
      const attack = poll(time, { everyMs: 100, forMs: 70_000 }, (number) =>
        get(paths[number % paths.length] ?? '', key, conversation),
      );
      const others = poll(time, { everyMs: 1000, forMs: 70_000 }, (number) =>
        get(number % 2 === 0 ? `/artists/${number + 1}` : `/database/search?q=nevermind&page=${number}`),
      );
      const statuses = await time.until(others);
      await time.until(attack);
      expect(statuses).toHaveLength(70);
      expect(failuresAmong(statuses)).toBeLessThanOrEqual(lost);
    },
  );

  it('and who has had two minutes for it takes a moment from who comes then', async () => {
    const { time, get } = open(discogs);
    const paths = [...fiveRecords, ...searches];
    const attack = poll(time, { everyMs: 100, forMs: 125_000 }, (number) =>
      get(paths[number % paths.length] ?? '', 'key-h'),
    );
    await time.advance(120_000);
    // On a path that fails for the other one.
    const search = get('/database/search?q=nevermind');
    const first = await time.until(search);
    await time.advance(Number(first.headers['retry-after'] ?? 0) * 1000);
    const started = time.now();
    expect(await time.until(get('/database/search?q=nevermind'))).toMatchObject({ status: 200 });
    expect(time.now() - started).toBeLessThanOrEqual(1500);
    await time.until(attack);
  });

  it('and who finds ever new ones keeps nobody out who comes back when told', async () => {
    const { time, get } = open(discogs);
    const attack = poll(time, { everyMs: 100, forMs: 120_000 }, (number) =>
      get(`/releases/666${number}`, 'key-h', `invented-${number}`),
    );
    const other = async (number: number) => {
      for (let waits = 0; ; waits += 1) {
        const { status, headers } = await get(`/artists/${number + 1}`);
        if (status !== 503) return { status, waits };
        await time.sleep(Number(headers['retry-after']) * 1000);
      }
    };
    const waits: number[] = [];
    const others = poll(time, { everyMs: 3000, forMs: 110_000 }, async (number) => {
      const answered = await other(number);
      waits.push(answered.waits);
      return answered;
    });
    expect(failuresAmong(await time.until(others))).toBe(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2);
    await time.until(attack);
  });
});

describe('a Discogs that fails for everybody', () => {
  const TEN_MINUTES = 600_000;
  const CONVERSATIONS = 7;
  /** One for each open time, and a few more. */
  const FEW = 40;
  const kinds: readonly [string, (number: number) => string, number][] = [
    ['ever new records', (number) => `/artists/${number + 1}`, FEW],
    ['six records', (number) => `/artists/${(number % 6) + 1}`, FEW],
    ['one record', () => '/artists/1', FEW],
    [
      'ever new searches and records',
      (number) => (number % 2 === 0 ? `/database/search?q=${number}` : `/labels/${number}`),
      FEW,
    ],
  ];
  const UNREACHABLE = { ...timeout, cause: 'transport', name: 'ConnectError', isUnreachable: true } as const;
  const ways: readonly [string, FetchedAnswer | FetchFailure, number][] = [
    ['errors', FAILED, 80],
    ['nothing for ten seconds', timeout, 10_000],
    ['no connection', UNREACHABLE, 5],
  ];
  const cases = ways.flatMap(([way, result, afterMs]) =>
    kinds.map(([kind, path, most]) => ({ way, kind, result, afterMs, path, most })),
  );

  it.each(cases)(
    'with $way for callers of $kind is left alone, and found soon after it is back',
    async ({ result, afterMs, path, most }) => {
      const back = virtualTime().now() + TEN_MINUTES;
      const { time, sent, get } = open((_path, now) =>
        now < back ? { result, afterMs } : { result: GOOD, afterMs: 80 },
      );
      const calls = poll(time, { everyMs: 200, forMs: TEN_MINUTES }, (number) =>
        get(path(number), 'key-o', `c${number % CONVERSATIONS}`),
      );
      await time.advance(TEN_MINUTES);
      // Until it opens, everybody is still waiting for the first answers; reads are sent twice.
      const first = (2 * afterMs) / 200;
      expect(sent.length).toBeLessThanOrEqual(most + first);
      expect(sent.length).toBeGreaterThan(20);
      let found = 0;
      while (found === 0) {
        await time.advance(100);
        if ((await time.until(get('/masters/1'))).status === 200) found = time.now();
      }
      // The longest open time, and a probe that left before.
      expect(found - back).toBeLessThanOrEqual(30_000 + afterMs + 2000);
      await time.until(calls);
    },
  );
});
