import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Sandbox, startSandbox } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { variables } from './support/brokerHere.ts';
import { app, browser, type Reply } from './support/client.ts';
import { migrate, startWorkerd, type Workerd } from './support/workerd.ts';

type Moment =
  | 'after start'
  | 'while Discogs gives a request token'
  | 'before the consent'
  | 'while Discogs gives the access token'
  | 'while Discogs says whose it is'
  | 'after the callback'
  | 'while the app finalizes'
  | 'after finalize';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

/** A broker that can be killed, and started again at the same address over the same database. */
async function mortal() {
  const directory = await mkdtemp(join(tmpdir(), 'discogs-agent-killed-'));
  const environment = variables(sandbox);
  let workerd: Workerd = await startWorkerd({ environment, directory });
  await migrate(workerd.database);
  const { url } = workerd;
  const restart = async (): Promise<void> => {
    await workerd.kill();
    workerd = await startWorkerd({ environment, directory, port: Number(new URL(url).port) });
  };
  const end = async (): Promise<void> => {
    await workerd.kill();
    await rm(directory, { recursive: true, force: true });
  };
  return { url, restart, end };
}

async function requested(path: string): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    if (sandbox.requests.some((request) => request.path === path)) return;
    await pause(25);
  }
  throw new Error(`nobody asked for ${path}`);
}

/** What a program or person gets, and asks again for: `undefined` when the broker died before it answered. */
const tried = (asking: Promise<Reply>): Promise<Reply | undefined> => asking.catch(() => undefined);

/** A sign-in in which the broker is killed once, by people and apps that do what they are told. */
async function signIn(moment: Moment) {
  const { url, restart, end } = await mortal();
  const client = app(url);
  const pages: string[] = [];
  const at = async (reached: Moment): Promise<void> => {
    if (reached === moment) await restart();
  };
  /** Kills the broker while it waits for Discogs' answer at `path`. */
  const during = async (killing: Moment, path: string, asking: () => Promise<unknown>): Promise<void> => {
    if (killing !== moment || sandbox.requests.some((request) => request.path === path)) return;
    sandbox.fault({ path, fault: { kind: 'delay', ms: 400 } });
    const lost = asking().then(
      () => 'answered',
      () => 'lost',
    );
    await requested(path);
    await restart();
    expect(await lost).toBe('lost');
    // Discogs goes on with what it was asked, to nobody's use.
    await pause(500);
  };
  try {
    const pair = await client.start();
    await at('after start');
    for (let round = 0; round < 3 && !pages.at(-1)?.startsWith('200'); round += 1) {
      await during('while Discogs gives a request token', '/oauth/request_token', () =>
        browser.goToConsent(pair.auth_url),
      );
      const consent = await browser.goToConsent(pair.auth_url);
      await at('before the consent');
      const callback = await browser.decide(consent, 'approve');
      for (const path of ['/oauth/access_token', '/oauth/identity'] as const) {
        const killing =
          path === '/oauth/identity'
            ? 'while Discogs says whose it is'
            : 'while Discogs gives the access token';
        await during(killing, path, () => browser.visit(callback));
      }
      const page = await browser.visit(callback);
      pages.push(`${page.status} ${/<h1>([^<]+)/.exec(page.text)?.[1]}`);
      if (page.status !== 200) expect(page.text).toContain('open it once more');
    }
    await at('after the callback');
    expect((await client.status(pair)).json?.['status']).toBe('authorized');
    const asking = tried(client.finalize(pair));
    await at('while the app finalizes');
    const first = (await asking) ?? (await client.finalize(pair));
    await at('after finalize');
    const again = await client.finalize(pair);
    expect([first.status, again.status, again.text]).toEqual([200, 200, first.text]);
    expect((await client.search(String(first.json?.['session_token']))).status).toBe(200);
    return pages;
  } finally {
    await end();
  }
}

describe('a Worker that is killed, and started again over the same database,', () => {
  it.each<[Moment, string[]]>([
    ['after start', ['200 Discogs linked']],
    ['while Discogs gives a request token', ['200 Discogs linked']],
    ['before the consent', ['200 Discogs linked']],
    // The verifier is spent: the person reads that, opens the link once more, and consents again.
    ['while Discogs gives the access token', ['400 Auth failed', '200 Discogs linked']],
    // The account is linked by then, and the page says so.
    ['while Discogs says whose it is', ['200 Discogs linked']],
    ['after the callback', ['200 Discogs linked']],
    ['while the app finalizes', ['200 Discogs linked']],
    ['after finalize', ['200 Discogs linked']],
  ])(
    'completes the sign-in: %s',
    async (moment, pages) => {
      expect(await signIn(moment)).toEqual(pages);
    },
    60_000,
  );
});
