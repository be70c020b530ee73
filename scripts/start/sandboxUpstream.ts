/** The sandbox as the Discogs of a local run. */
import {
  SANDBOX_CONSUMER_KEY,
  SANDBOX_CONSUMER_SECRET,
  SANDBOX_TOKEN,
  type Sandbox,
  startSandbox,
} from '@discogs-agent/sandbox';

/** A running sandbox, and the variables that point the app at it. */
export interface SandboxUpstream {
  readonly sandbox: Sandbox;
  readonly variables: Readonly<Record<string, string>>;
}

/** Starts it on a free port. Its token is among the variables: a search needs one. */
export async function startSandboxUpstream(): Promise<SandboxUpstream> {
  const sandbox = await startSandbox();
  return {
    sandbox,
    variables: {
      DISCOGS_API_BASE_URL: sandbox.url,
      DISCOGS_TOKEN: SANDBOX_TOKEN,
      // For the broker and the sign-in, where they are switched on.
      DISCOGS_WEB_BASE_URL: sandbox.url,
      DISCOGS_CONSUMER_KEY: SANDBOX_CONSUMER_KEY,
      DISCOGS_CONSUMER_SECRET: SANDBOX_CONSUMER_SECRET,
    },
  };
}
