/** The three workloads of `npm run bench:budget`, made from a seed alone: what is asked, by whom, and when. */
import { between, type Random, seeded, zipf } from './seeded.ts';

/** One look-up, and how long its reader thinks before it. */
export interface LookUp {
  readonly target: string;
  readonly thinkMs: number;
}

/** Asks one thing after the other, each after the answer to the one before. */
export interface Conversation {
  readonly id: string;
  readonly startMs: number;
  readonly lookUps: readonly LookUp[];
}

/** Asks back to back, without a conversation id. Told to wait, it waits and asks again; ends with the last conversation. */
export interface Crawl {
  readonly startMs: number;
  readonly targets: readonly string[];
}

/** One look-up that comes at its time, whatever became of those before. */
export interface Arrival {
  readonly atMs: number;
  readonly conversation: string;
  readonly target: string;
}

/** Everything that is asked in one run. */
export interface Workload {
  readonly name: 'chat' | 'crawl' | 'zipf';
  readonly title: string;
  readonly conversations: readonly Conversation[];
  readonly crawl: Crawl | undefined;
  readonly arrivals: readonly Arrival[];
}

const RECORDS = 8;
const CONVERSATIONS = 20;
const CONVERSATION_EVERY_MS = 30_000;
const REPEATED = 2;
const CRAWL_ITEMS = 3000;
const CRAWL_STARTS_MS = 60_000;
const ZIPF_IDS = 2000;
const ZIPF_PER_MINUTE = 600;
const ZIPF_CONVERSATIONS = 30;
const ZIPF_MINUTES = 60;

/** What a person who asks about a record makes an agent look up, in this order. */
function lookUpsAbout(record: number): readonly string[] {
  const id = 1000 * (record + 1);
  return [
    `/database/search?q=record%20${record}&type=master`,
    `/masters/${id}`,
    `/masters/${id}/versions?page=1`,
    `/masters/${id}/versions?page=2`,
    ...[1, 2, 3, 4].map((release) => `/releases/${id + release}`),
    `/artists/${id}`,
    `/artists/${id}/releases`,
    `/labels/${id}`,
  ];
}

/** `targets` with two of them once more, anywhere after the first time. */
function withRepeats(targets: readonly string[], random: Random): readonly string[] {
  const chosen = new Set<number>();
  while (chosen.size < REPEATED) chosen.add(Math.floor(random() * targets.length));
  const script = [...targets];
  for (const index of chosen) {
    const target = targets[index] ?? '';
    const first = script.indexOf(target);
    script.splice(Math.floor(between(first + 1, script.length + 1, random)), 0, target);
  }
  return script;
}

function conversations(random: Random): readonly Conversation[] {
  const draw = zipf(RECORDS, 1, random);
  return Array.from({ length: CONVERSATIONS }, (_, index) => ({
    id: `chat-${index + 1}`,
    startMs: index * CONVERSATION_EVERY_MS,
    lookUps: withRepeats(lookUpsAbout(draw()), random).map((target, place) => ({
      target,
      thinkMs: place === 0 ? 0 : between(2000, 8000, random),
    })),
  }));
}

/** 20 conversations, one every 30 s, each about one of 8 records. */
export const chat = (seed: number): Workload => ({
  name: 'chat',
  title: 'Chat: 20 conversations',
  conversations: conversations(seeded(seed)),
  crawl: undefined,
  arrivals: [],
});

/** The same conversations, and a crawl of 3,000 releases that nobody else asks for. */
export const chatAndCrawl = (seed: number): Workload => ({
  ...chat(seed),
  name: 'crawl',
  title: 'Chat beside a crawl of a collection',
  crawl: {
    startMs: CRAWL_STARTS_MS,
    targets: Array.from({ length: CRAWL_ITEMS }, (_, index) => `/releases/${1_000_001 + index}`),
  },
});

/**
 * 600 look-ups a minute of 2,000 releases, the favourites far more often than the rest. A shorter run is the beginning
 * of a longer one; `firstId` is the release that is asked for most.
 */
export function zipfLookUps(seed: number, minutes = ZIPF_MINUTES, firstId = 1): Workload {
  const draw = zipf(ZIPF_IDS, 1, seeded(seed));
  return {
    name: 'zipf',
    title: `Zipf: 600 look-ups a minute of 2,000 releases, ${minutes} minutes`,
    conversations: [],
    crawl: undefined,
    arrivals: Array.from({ length: Math.round(ZIPF_PER_MINUTE * minutes) }, (_, index) => ({
      atMs: (index * 60_000) / ZIPF_PER_MINUTE,
      conversation: `reader-${(index % ZIPF_CONVERSATIONS) + 1}`,
      target: `/releases/${firstId + draw()}`,
    })),
  };
}

/** All three. */
export const workloads = (seed: number): readonly Workload[] => [
  chat(seed),
  chatAndCrawl(seed),
  zipfLookUps(seed),
];
