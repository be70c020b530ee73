/** Asks a gateway every question of the smoke test. */
import { parseApiKey } from '@discogs-agent/core';
import type { World } from '../world.ts';
import { type Need, SKIP_REASONS, SMOKE_CASES, type SmokeCase } from './cases.ts';

export interface SmokeOptions {
  readonly baseUrl: string;
  /** The value of X_API_KEY: during a rotation two keys, of which the first is the new one. */
  readonly apiKey: string | undefined;
  /** Whether the gateway has a Discogs token. */
  readonly hasToken: boolean;
  /** Whether it has the broker; undefined means that its answer tells. */
  readonly hasBroker: boolean | undefined;
  readonly username: string | undefined;
  readonly includeWrites: boolean;
  readonly pauseSeconds: number;
}

export interface SmokeReport {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

const REQUEST_TIMEOUT_MS = 45_000;
const WRONG_KEY = 'not-the-key-of-this-gateway';
const SHOWN_HEADERS = ['x-cache', 'x-discogs-ratelimit-remaining', 'x-trace-id'];

/** Two keys, the new one first. */
const firstKey = (apiKey: string | undefined): string | undefined => parseApiKey(apiKey ?? '')[0]?.key;

function headersFor(smoke: SmokeCase, key: string | undefined, etag: string | undefined): Headers {
  const headers = new Headers();
  const sent = smoke.key === 'wrong' ? WRONG_KEY : smoke.key === 'none' ? undefined : key;
  if (sent !== undefined) headers.set('x-api-key', sent);
  if (smoke.body !== undefined) headers.set('content-type', 'application/json');
  if (smoke.etag === 'send' && etag !== undefined) headers.set('if-none-match', etag);
  return headers;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function ask(world: World, url: string, smoke: SmokeCase, headers: Headers): Promise<Answer> {
  try {
    const { method = 'GET', body } = smoke;
    const answer = await world.fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  } catch {
    return { status: 0, headers: new Headers(), text: '' };
  }
}

/** Prints a line for each case, the skipped ones with their reason. */
export async function runSmoke(world: World, options: SmokeOptions): Promise<SmokeReport> {
  const { baseUrl, username, pauseSeconds } = options;
  const key = firstKey(options.apiKey);
  const failures: string[] = [];
  let passed = 0;
  let skipped = 0;
  let etag: string | undefined;
  for (const smoke of SMOKE_CASES) {
    const have: Readonly<Record<Need, boolean>> = {
      key: key !== undefined,
      token: options.hasToken,
      username: username !== undefined,
      writes: options.includeWrites,
      etag: etag !== undefined,
      broker: options.hasBroker !== false,
    };
    const skip = (need: Need): void => {
      skipped += 1;
      world.say(`  skip  ${smoke.name}: ${SKIP_REASONS[need]}`);
    };
    const missing = smoke.needs.find((need) => !have[need]);
    if (missing) {
      skip(missing);
      continue;
    }
    if (world.interruption.aborted) break;
    const path = smoke.path.replace('{username}', encodeURIComponent(username ?? ''));
    const { status, headers, text } = await ask(
      world,
      `${baseUrl}${path}`,
      smoke,
      headersFor(smoke, key, etag),
    );
    if (smoke.etag === 'keep') etag = headers.get('etag') ?? undefined;
    const shown = SHOWN_HEADERS.flatMap((name) =>
      headers.get(name) ? [`${name}: ${headers.get(name)}`] : [],
    );
    if (options.hasBroker === undefined && smoke.absent === status) {
      skip('broker');
      continue;
    }
    const flaw = smoke.expect.includes(status) ? smoke.flaw?.(text) : undefined;
    const good = smoke.expect.includes(status) && flaw === undefined;
    const got = status === 0 ? 'no answer' : `${status}${flaw === undefined ? '' : `, ${flaw}`}`;
    if (good) passed += 1;
    else failures.push(`${smoke.name}: ${got}, expected ${smoke.expect.join(' or ')}`);
    world.say(`  ${good ? 'pass' : 'FAIL'}  ${smoke.name}: ${got} ${shown.join(', ')}`.trimEnd());
    await world.clock.sleep(pauseSeconds * 1000);
  }
  return { passed, skipped, failures };
}
