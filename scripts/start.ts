/** `npm start`: builds the app, starts the sandbox where no other upstream is named, and serves on 127.0.0.1. */
import {
  SANDBOX_CONSUMER_KEY,
  SANDBOX_CONSUMER_SECRET,
  SANDBOX_TOKEN,
  type Sandbox,
  startSandbox,
} from '@discogs-agent/sandbox';
import { startLocalHost } from '../az-function/local/localHost.ts';
import { loadApp } from '../az-function/local/worker.ts';
import { APP_DIRECTORY, buildApp } from './build.ts';
import { localEnvironment, type Upstream } from './localEnvironment.ts';
import { welcome } from './welcome.ts';

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}

/** The variables that point the app at the sandbox. */
async function sandboxVariables(upstream: Upstream): Promise<[Sandbox | undefined, Record<string, string>]> {
  if (upstream !== 'sandbox') return [undefined, {}];
  const sandbox = await startSandbox();
  const variables = {
    DISCOGS_API_BASE_URL: sandbox.url,
    DISCOGS_TOKEN: SANDBOX_TOKEN,
    // For the broker, where it is switched on.
    DISCOGS_WEB_BASE_URL: sandbox.url,
    DISCOGS_CONSUMER_KEY: SANDBOX_CONSUMER_KEY,
    DISCOGS_CONSUMER_SECRET: SANDBOX_CONSUMER_SECRET,
  };
  return [sandbox, variables];
}

const local = await localEnvironment(process.env, APP_DIRECTORY);
if ('problem' in local) stop(local.problem);
const { port, upstream, environment, apiKey } = local;

await buildApp();
const [sandbox, variables] = await sandboxVariables(upstream);
const functions = await loadApp({
  directory: APP_DIRECTORY,
  environment: { ...environment, ...variables },
  log: (level, category, message) => {
    if (category === 'user') (level === 'error' ? console.error : console.log)(message);
  },
});

if (functions.length === 0)
  stop('The app registered no function; what its entry point printed above says why.');

const host = await startLocalHost(functions, port).catch((error: NodeJS.ErrnoException) =>
  stop(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is in use. Stop the program that uses it, or set PORT to another number and try again.`
      : `Cannot listen on port ${port}: ${error.message}`,
  ),
);
console.log(welcome({ url: host.url, apiKey, upstream, sandboxUrl: sandbox?.url }));

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await Promise.all([host.close(), sandbox?.close()]);
    console.log('\nStopped.');
    process.exit(0);
  });
}
