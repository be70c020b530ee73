/** What a broker says of itself, and what of it keeps it from working. */
import { z } from 'zod';

export const BROKER_HEALTH_PATH = '/v1/health';

/** On this machine a broker may let in apps without a token, as docs/broker-azure.md shows it. */
export type BrokerTarget = 'deployed' | 'this_machine';

const health = z.object({
  status: z.string(),
  broker_client_auth: z.object({ mode: z.string() }),
  discogs_auth: z.object({ configured: z.boolean() }),
});

function authFlaw(mode: string, status: string, target: BrokerTarget): string | undefined {
  switch (mode) {
    case 'token_required':
      return status === 'ok' ? undefined : 'its status is not ok';
    case 'unauthenticated_dev_override':
      return target === 'this_machine'
        ? undefined
        : 'apps are let in without a token (ALLOW_UNAUTHENTICATED_BROKER)';
    case 'misconfigured_no_token':
      return 'no app is let in, since BROKER_CLIENT_TOKEN is not set';
    default:
      return 'how apps are let in is not known here';
  }
}

/** What is wrong with the answer, for people; undefined when nothing is. */
export function brokerFlaw(text: string, target: BrokerTarget): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'the answer is not JSON';
  }
  const parsed = health.safeParse(json);
  if (!parsed.success) return 'the answer is not that of a broker';
  const { status, broker_client_auth, discogs_auth } = parsed.data;
  if (!discogs_auth.configured) return 'its settings are not complete (DISCOGS_CONSUMER_KEY, for example)';
  return authFlaw(broker_client_auth.mode, status, target);
}
