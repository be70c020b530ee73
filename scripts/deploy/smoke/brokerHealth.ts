/** What a broker says of itself when it can work and asks apps for their token. */
import { z } from 'zod';

export const BROKER_HEALTH_PATH = '/v1/health';

const ready = z.object({
  status: z.literal('ok'),
  broker_client_auth: z.object({ mode: z.literal('token_required') }),
  discogs_auth: z.object({ configured: z.literal(true) }),
});

/** What of an answer is not as it should be, in its members' names; undefined when all is. */
export function brokerFlaw(text: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const parsed = ready.safeParse(json);
  if (parsed.success) return undefined;
  return `unexpected ${parsed.error.issues.map(({ path }) => path.join('.') || 'answer').join(', ')}`;
}
