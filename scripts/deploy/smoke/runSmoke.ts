/** Asks a gateway every question of the smoke test. */
import { parseApiKey } from '@discogs-agent/core';
import { askGateway, type GatewayReply, outcomeOf } from '../askGateway.ts';
import { isOnThisMachine } from '../baseUrl.ts';
import type { DeployContext } from '../deployContext.ts';
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
  /** Why nothing came back at all; the run ends there. */
  readonly noAnswer: string | undefined;
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

/** What is wrong with an answer, and what it was, in a line. */
function judge(smoke: SmokeCase, reply: GatewayReply, baseUrl: string) {
  const expected = reply.kind === 'answer' && smoke.expect.includes(reply.status);
  const target = isOnThisMachine(baseUrl) ? 'this_machine' : 'deployed';
  const flaw = expected ? smoke.flaw?.(reply.text, target) : `expected ${smoke.expect.join(' or ')}`;
  const headers = reply.kind === 'answer' ? reply.headers : new Headers();
  const shown = SHOWN_HEADERS.flatMap((name) => (headers.has(name) ? [`${name}: ${headers.get(name)}`] : []));
  return { flaw, line: `${smoke.name}: ${[outcomeOf(reply), ...(flaw ? [flaw] : []), ...shown].join(', ')}` };
}

/** Prints a line for each case, the skipped ones with their reason. */
export async function runSmoke(context: DeployContext, options: SmokeOptions): Promise<SmokeReport> {
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
      context.say(`  skip  ${smoke.name}: ${SKIP_REASONS[need]}`);
    };
    const missing = smoke.needs.find((need) => !have[need]);
    if (missing) {
      skip(missing);
      continue;
    }
    if (context.interruption.aborted) break;
    const path = smoke.path.replace('{username}', encodeURIComponent(username ?? ''));
    const { method = 'GET', body } = smoke;
    const headers = headersFor(smoke, key, etag);
    const request = { url: `${baseUrl}${path}`, method, headers, body, timeoutMs: REQUEST_TIMEOUT_MS };
    const reply = await askGateway(context, request);
    if (reply.kind === 'no_answer' && passed + failures.length === 0) {
      return { passed, skipped, failures, noAnswer: reply.detail };
    }
    if (smoke.etag === 'keep' && reply.kind === 'answer') etag = reply.headers.get('etag') ?? undefined;
    if (options.hasBroker === undefined && reply.kind === 'answer' && smoke.absent === reply.status) {
      skip('broker');
      continue;
    }
    const { flaw, line } = judge(smoke, reply, baseUrl);
    if (flaw === undefined) passed += 1;
    else failures.push(`${smoke.name}: ${outcomeOf(reply)}, ${flaw}`);
    context.say(`  ${flaw === undefined ? 'pass' : 'FAIL'}  ${line}`);
    await context.clock.sleep(pauseSeconds * 1000);
  }
  return { passed, skipped, failures, noAnswer: undefined };
}
