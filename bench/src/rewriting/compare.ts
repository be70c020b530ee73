/** Process: the core's link rewriting beside the obvious way, on the same bodies, in alternating batches. */
import { isDeepStrictEqual } from 'node:util';
import { rewriteLinks } from '@discogs-agent/core';
import { BODIES, discogsBody } from '../bodies.ts';
import { median } from '../stats.ts';

/** Those of a gateway in front of the real Discogs. */
const ORIGINS = ['https://api.discogs.com', 'http://api.discogs.com'];
const BASE = 'https://gateway.example/api';
const BATCHES = 31;
const WARM_UP_BATCHES = 10;
const BATCH_MS = 8;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

function walk(value: unknown): unknown {
  if (typeof value === 'string') {
    const origin = ORIGINS.find((candidate) => value.startsWith(`${candidate}/`));
    return origin === undefined ? value : BASE + value.slice(origin.length);
  }
  if (Array.isArray(value)) return value.map(walk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member)]));
}

const byParsing = (body: Uint8Array): Uint8Array =>
  encoder.encode(JSON.stringify(walk(JSON.parse(decoder.decode(body)))));
const byText = (body: Uint8Array): Uint8Array => rewriteLinks(body, ORIGINS, BASE);

/** Microseconds of CPU and wall alike: nothing here waits. */
function batch(work: (body: Uint8Array) => Uint8Array, body: Uint8Array): number {
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  while (elapsed < BATCH_MS) {
    for (let call = 0; call < 8; call += 1) work(body);
    calls += 8;
    elapsed = performance.now() - start;
  }
  return (elapsed / calls) * 1000;
}

const results = BODIES.map(({ label, bytes }) => {
  const body = discogsBody(bytes);
  const [text, parsed] = [byText(body), byParsing(body)].map((out): unknown =>
    JSON.parse(decoder.decode(out)),
  );
  if (!isDeepStrictEqual(text, parsed)) throw new Error(`both ways differ at ${label}`);
  const ours: number[] = [];
  const parse: number[] = [];
  for (let index = -WARM_UP_BATCHES; index < BATCHES; index += 1) {
    const [ourTime, parseTime] = [batch(byText, body), batch(byParsing, body)];
    if (index < 0) continue;
    ours.push(ourTime);
    parse.push(parseTime);
  }
  return { oursMicros: median(ours), parsingMicros: median(parse) };
});

console.log(JSON.stringify(results));
