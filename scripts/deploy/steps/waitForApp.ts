/** Waits until the gateway answers, and until it has its secrets. */
import { z } from 'zod';
import { askGateway, type GatewayReply, outcomeOf } from '../askGateway.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { BROKER_HEALTH_PATH, brokerFlaw } from '../smoke/brokerHealth.ts';
import { waitFor } from '../waitFor.ts';

const PATIENCE = { minutes: 10, everySeconds: 10 };
const REQUEST_TIMEOUT_MS = 40_000;
const pong = z.object({ status: z.literal('ok') });

const ask = (context: DeployContext, url: string, headers = new Headers()): Promise<GatewayReply> =>
  askGateway(context, { url, headers, timeoutMs: REQUEST_TIMEOUT_MS });

/** The body of a 200. */
const bodyOf = (reply: GatewayReply): string | undefined =>
  reply.kind === 'answer' && reply.status === 200 ? reply.text : undefined;

function isPong(text: string): boolean {
  try {
    return pong.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** The platform's own start page also answers 200, so the body is read. */
export async function waitForPing(context: DeployContext, baseUrl: string): Promise<Outcome<void>> {
  const url = `${baseUrl}/ping`;
  let last = 'nothing';
  const up = await waitFor(context, { what: `Waiting for ${url}`, ...PATIENCE }, async () => {
    const reply = await ask(context, url);
    last = outcomeOf(reply);
    return isPong(bodyOf(reply) ?? '') ? true : undefined;
  });
  if (up) return done(undefined);
  if (context.interruption.aborted) return failed({ kind: 'interrupted', doing: 'waiting for the app' });
  return failed({ kind: 'not_ready', url, last, minutes: PATIENCE.minutes });
}

/** Until references and vault are read, the gateway answers 503, and to a key that is new for it 401. */
export async function waitForKey(
  context: DeployContext,
  baseUrl: string,
  key: string,
): Promise<Outcome<void>> {
  const url = `${baseUrl}/status`;
  let last = 'nothing';
  const known = await waitFor(
    context,
    { what: 'Waiting for the app to read its secrets', ...PATIENCE },
    async () => {
      const reply = await ask(context, url, new Headers({ 'x-api-key': key }));
      const unknown = reply.kind === 'answer' && reply.status === 401;
      last = unknown ? 'status 401, it does not know the key in X_API_KEY' : outcomeOf(reply);
      return bodyOf(reply) === undefined ? undefined : true;
    },
  );
  if (known) return done(undefined);
  if (context.interruption.aborted) return failed({ kind: 'interrupted', doing: 'waiting for the app' });
  return failed({ kind: 'not_ready', url, last, minutes: PATIENCE.minutes });
}

/** Until its references are resolved, the broker says that something is not configured. */
export async function waitForBroker(context: DeployContext, baseUrl: string): Promise<Outcome<void>> {
  let last = 'nothing';
  const ready = await waitFor(context, { what: 'Waiting for the broker', ...PATIENCE }, async () => {
    const reply = await ask(context, `${baseUrl}${BROKER_HEALTH_PATH}`);
    const body = bodyOf(reply);
    const flaw = body === undefined ? outcomeOf(reply) : brokerFlaw(body, 'deployed');
    last = flaw ?? last;
    return flaw === undefined ? true : undefined;
  });
  if (ready) return done(undefined);
  if (context.interruption.aborted) return failed({ kind: 'interrupted', doing: 'waiting for the broker' });
  return failed({ kind: 'broker_not_ready', last, minutes: PATIENCE.minutes });
}
