/** Serves the app on 127.0.0.1, in front of the sandbox where no other upstream is configured. */
import type { Environment } from '@discogs-agent/core';
import { corsOriginsOf } from '../../az-function/local/cors.ts';
import { refuseForeignCaller } from '../../az-function/local/localCallers.ts';
import { startLocalHost } from '../../az-function/local/localHost.ts';
import { loadApp } from '../../az-function/local/worker.ts';
import { APP_DIRECTORY } from '../build/build.ts';
import { localEnvironment } from './localEnvironment.ts';
import { startSandboxUpstream } from './sandboxUpstream.ts';
import { welcome } from './welcome.ts';

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}

/**
 * Runs until SIGINT or SIGTERM. Ends the process with code 1 where it cannot run. `build` makes the app once the
 * variables are known to be good.
 */
export async function serveLocally(
  variables: Environment,
  build: () => Promise<unknown> = async () => {},
): Promise<void> {
  const local = await localEnvironment(variables, APP_DIRECTORY);
  if ('problem' in local) stop(local.problem);
  await build();
  const { port, upstream, environment } = local;
  const sandboxed = upstream === 'sandbox' ? await startSandboxUpstream() : undefined;
  const appEnvironment = { ...environment, ...sandboxed?.variables };
  const functions = await loadApp({
    directory: APP_DIRECTORY,
    environment: appEnvironment,
    log: (level, category, message) => {
      if (category === 'user') (level === 'error' ? console.error : console.log)(message);
    },
  });
  if (functions.length === 0)
    stop('The app registered no function; what its entry point printed above says why.');

  const corsOrigins = corsOriginsOf(environment);
  const host = await startLocalHost(functions, port, {
    corsOrigins,
    ...(sandboxed ? {} : { refuse: (request) => refuseForeignCaller(request, corsOrigins) }),
  }).catch((error: NodeJS.ErrnoException) =>
    stop(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is in use. Stop the program that uses it, or set PORT to another number and try again.`
        : `Cannot listen on port ${port}: ${error.message}`,
    ),
  );
  console.log(welcome({ ...local, url: host.url, sandboxUrl: sandboxed?.sandbox.url, appEnvironment }));

  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      await Promise.all([host.close(), sandboxed?.sandbox.close()]);
      console.log('\nStopped.');
      process.exit(0);
    });
  }
}
