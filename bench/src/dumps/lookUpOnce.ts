/**
 * A process that asks this gateway's code for releases, from a catalogue or from the memory cache, and says what an answer
 * took. In the process: without HTTP, which costs both the same.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Answer,
  type Call,
  createBreaker,
  createCachingClient,
  createGateway,
  createRateLimiter,
  type Digest,
  discogsBudget,
  type Fetcher,
  type Log,
  linkOrigins,
  memoryWindowStore,
  readSettings,
} from '@discogs-agent/core';
import { createCatalogue } from '@discogs-agent/core/catalogue';
import { createGptDoor } from '@discogs-agent/core/gpt';
import { openCatalogue, openFileStore, storeContents } from '@discogs-agent/dumps/sqlite';
import { percentile } from '../stats.ts';

const [folder = '', file = '', source = '', door = '', callsGiven = ''] = process.argv.slice(2);
const calls = Number(callsGiven);
const CALLERS = 50;
/** Records that are kept; asked in turn. */
const KEPT = 500;
/** Discogs' limit must not be waited for: each call that fills the cache comes so long after the one before. */
const FILL_STEP_MS = 2000;

const store = openFileStore(file);
const ids = [...storeContents(store).ids('releases')];
/** Spread evenly over the store, in an order without neighbours. */
const STRIDE = 7919;
const wanted = Array.from(
  { length: source === 'cache' ? Math.min(KEPT, ids.length) : Math.min(calls, ids.length) },
  (_, index) => ids[(index * STRIDE) % ids.length] ?? 0,
);

let shift = 0;
const now = (): number => Date.now() + shift;
function setTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
const log: Log = { info: () => {}, warn: () => {}, error: () => {} };
const digest: Digest = (bytes) => createHash('sha1').update(bytes).digest('base64url');
let newest = 0;
function newId(): string {
  newest += 1;
  return String(newest);
}
const fetcher: Fetcher = async ({ pathAndQuery }) => ({
  kind: 'answer',
  status: 200,
  header: (name) => (name === 'content-type' ? 'application/json' : undefined),
  body: store.record('releases', Number(pathAndQuery.split('/').at(-1))) ?? new Uint8Array(),
});

const CATALOGUE = source === 'cache' ? 'off' : 'first';
const settings = readSettings({ CATALOGUE }, { version: 'bench' });
const waitUntil = (): void => {};
const catalogue = createCatalogue({
  open: async () => openCatalogue({ folder, now }),
  now,
  setTimer,
  log,
});
const gateway = createGateway({
  settings,
  secrets: {
    read: (name) => (name === 'CLIENT_KEYS' ? { kind: 'absent' } : { kind: 'value', value: 'secret' }),
    refresh: () => {},
  },
  cachingClient: createCachingClient({
    fetcher,
    limiter: createRateLimiter({
      policy: discogsBudget(true),
      store: memoryWindowStore(discogsBudget(true)),
      now,
      newId,
      setTimer,
      waitUntil,
    }),
    breaker: createBreaker({ now, random: Math.random, setTimer }),
    now,
    random: Math.random,
    sleep: async (ms) => void (await sleep(ms)),
    setTimer,
    waitUntil,
    longestSeconds: 21_600,
    cacheBytes: 64 * 1024 * 1024,
    origins: linkOrigins(settings),
    digest,
    backgroundLog: log,
    sharedCache: undefined,
  }),
  longestSeconds: 21_600,
  digest,
  now,
  newTraceId: newId,
  ...(CATALOGUE === 'off' ? {} : { catalogue }),
});
const gpt = createGptDoor(gateway, now);

async function ask(id: number): Promise<Answer> {
  const headers: Readonly<Record<string, string>> = { 'x-api-key': 'secret' };
  const call: Call = {
    method: 'GET',
    path: `${door}/releases/${id}`,
    query: '',
    header: (name) => headers[name],
    headers: () => Object.entries(headers),
    body: undefined,
    clientAddress: undefined,
    baseUrl: 'https://gateway.example/api',
    log,
  };
  const answer = await (door === '' ? gateway : gpt).handle(call);
  if (answer.status !== 200) throw new Error(`release ${id} was answered with ${answer.status}`);
  return answer;
}

async function fill(): Promise<void> {
  for (const id of wanted) {
    shift += FILL_STEP_MS;
    await ask(id);
  }
}

/** Asks each record in turn, `count` in all, and gives the milliseconds that each answer took. */
async function run(count: number, callers: number): Promise<Float64Array> {
  const took = new Float64Array(count);
  let next = 0;
  async function caller(): Promise<void> {
    for (let index = next; index < count; index = next) {
      next += 1;
      const start = performance.now();
      const { headers } = await ask(wanted[index % wanted.length] ?? 0);
      took[index] = performance.now() - start;
      const from = headers['x-discogs-source'] ?? 'live';
      if ((from === 'catalogue') !== (source === 'catalogue')) throw new Error(`answered from ${from}`);
    }
  }
  await Promise.all(Array.from({ length: callers }, caller));
  return took.sort();
}

if (source === 'cache') await fill();
// Compiled, and the pages of the file in the system's memory, as in a gateway that has run for a while.
await run(calls, 1);
const before = process.cpuUsage();
await run(calls, 1);
const { user, system } = process.cpuUsage(before);
const p99Ms = percentile(await run(calls, CALLERS), 0.99);
console.log(JSON.stringify({ answers: calls, cpuMicros: user + system, p99Ms }));
