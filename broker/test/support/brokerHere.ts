/** A broker in workerd in front of a sandbox, both new. */
import {
  SANDBOX_CONSUMER_KEY,
  SANDBOX_CONSUMER_SECRET,
  type Sandbox,
  startSandbox,
} from '@discogs-agent/sandbox';
import { app, CLIENT_TOKEN } from './client.ts';
import { migrate, startWorkerd, type Workerd } from './workerd.ts';

export interface BrokerHere extends Workerd {
  readonly sandbox: Sandbox;
  readonly app: ReturnType<typeof app>;
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Variables for a broker in front of `sandbox` that does not dawdle. */
export const variables = ({ url }: Sandbox): Record<string, string> => ({
  DISCOGS_CONSUMER_KEY: SANDBOX_CONSUMER_KEY,
  DISCOGS_CONSUMER_SECRET: SANDBOX_CONSUMER_SECRET,
  BROKER_CLIENT_TOKEN: CLIENT_TOKEN,
  DISCOGS_API_BASE_URL: url,
  DISCOGS_WEB_BASE_URL: url,
  DISCOGS_MIN_INTERVAL_MS: '1',
});

export async function startBroker(
  changes: Readonly<Record<string, string>> = {},
  { twin = false as boolean | 'without limiter' } = {},
): Promise<BrokerHere> {
  const sandbox = await startSandbox();
  const environment = { ...variables(sandbox), ...changes };
  const workerd = await startWorkerd({ environment, twin });
  await migrate(workerd.database);
  return {
    ...workerd,
    sandbox,
    environment,
    app: app(workerd.url),
    close: async () => void (await Promise.all([workerd.kill(), sandbox.close()])),
  };
}
