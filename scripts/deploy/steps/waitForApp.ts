/** Waits until the gateway answers, and until it has its secrets. */
import { z } from 'zod';
import { done, failed, type Outcome } from '../outcome.ts';
import { BROKER_HEALTH_PATH, brokerFlaw } from '../smoke/brokerHealth.ts';
import { waitFor } from '../waitFor.ts';
import type { World } from '../world.ts';

const PATIENCE = { minutes: 10, everySeconds: 10 };
const REQUEST_TIMEOUT_MS = 40_000;
const pong = z.object({ status: z.literal('ok') });

/** The status and whether the body is what a ping of the gateway says, or why there is none. */
async function ask(world: World, url: string, headers: Readonly<Record<string, string>>) {
  try {
    const answer = await world.fetch(url, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    const text = await answer.text();
    return { status: answer.status, text };
  } catch {
    return { status: 0, text: '' };
  }
}

function isPong(text: string): boolean {
  try {
    return pong.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

const said = (status: number): string => (status === 0 ? 'no answer' : `status ${status}`);

/** The platform's own start page also answers 200, so the body is read. */
export async function waitForPing(world: World, baseUrl: string): Promise<Outcome<void>> {
  const url = `${baseUrl}/ping`;
  let last = 'nothing';
  const up = await waitFor(world, { what: `Waiting for ${url}`, ...PATIENCE }, async () => {
    const { status, text } = await ask(world, url, {});
    last = said(status);
    return status === 200 && isPong(text) ? true : undefined;
  });
  if (up) return done(undefined);
  if (world.interruption.aborted) return failed({ kind: 'interrupted', doing: 'waiting for the app' });
  return failed({ kind: 'not_ready', url, last, minutes: PATIENCE.minutes });
}

/** Until references and vault are read, the gateway answers 503, and to a key that is new for it 401. */
export async function waitForKey(world: World, baseUrl: string, key: string): Promise<Outcome<void>> {
  const url = `${baseUrl}/status`;
  let last = 'nothing';
  const known = await waitFor(
    world,
    { what: 'Waiting for the app to read its secrets', ...PATIENCE },
    async () => {
      const { status } = await ask(world, url, { 'x-api-key': key });
      last = status === 401 ? 'status 401, it does not know the key in X_API_KEY' : said(status);
      return status === 200 ? true : undefined;
    },
  );
  if (known) return done(undefined);
  if (world.interruption.aborted) return failed({ kind: 'interrupted', doing: 'waiting for the app' });
  return failed({ kind: 'not_ready', url, last, minutes: PATIENCE.minutes });
}

/** Until its references are resolved, the broker says that something is not configured. */
export async function waitForBroker(world: World, baseUrl: string): Promise<Outcome<void>> {
  let last = 'nothing';
  const ready = await waitFor(world, { what: 'Waiting for the broker', ...PATIENCE }, async () => {
    const { status, text } = await ask(world, `${baseUrl}${BROKER_HEALTH_PATH}`, {});
    const flaw = status === 200 ? brokerFlaw(text) : said(status);
    last = flaw ?? last;
    return flaw === undefined ? true : undefined;
  });
  if (ready) return done(undefined);
  if (world.interruption.aborted) return failed({ kind: 'interrupted', doing: 'waiting for the broker' });
  return failed({ kind: 'broker_not_ready', last, minutes: PATIENCE.minutes });
}
