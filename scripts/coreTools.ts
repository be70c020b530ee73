/** The built app under Azure Functions Core Tools, which is installed by hand: its package downloads a program while npm runs. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Environment } from '@discogs-agent/core';
import { corsOriginsOf } from '../az-function/local/cors.ts';
import { APP_DIRECTORY } from './build.ts';
import { localEnvironment } from './localEnvironment.ts';
import { startSandboxUpstream } from './sandboxUpstream.ts';
import { run, viaShell } from './spawn.ts';

const NOT_FOUND =
  'Azure Functions Core Tools (func) was not found, version 4 is needed.\n' +
  'Install it (https://learn.microsoft.com/azure/azure-functions/functions-run-local), open a new terminal and try again.\n' +
  '"npm start" serves the same build without it.';

/** The version of `func`, or undefined where there is none. */
async function installedVersion(environment: Environment): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('func', ['--version'], {
      env: { ...environment },
      shell: viaShell('func'),
    });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** Runs `func start`, and resolves with its exit code; with 1, after a line that says why, where that cannot be. */
export async function runCoreTools(
  variables: Environment,
  args: readonly string[],
  build: () => Promise<unknown> = async () => {},
): Promise<number> {
  const local = await localEnvironment(variables, APP_DIRECTORY);
  const version = await installedVersion(variables);
  if ('problem' in local || !version?.startsWith('4.')) {
    console.error('problem' in local ? local.problem : NOT_FOUND);
    return 1;
  }
  await build();
  const sandboxed = local.upstream === 'sandbox' ? await startSandboxUpstream() : undefined;
  console.log(`Core Tools ${version}; key ${local.apiKey ?? 'as configured'}; upstream ${local.upstream}`);
  try {
    // The environment wins over local.settings.json, as it does under "npm start".
    const env = { ...local.environment, ...sandboxed?.variables };
    const origins = corsOriginsOf(env);
    const cors = origins.length > 0 ? ['--cors', origins.join(',')] : [];
    return await run('func', ['start', ...cors, ...args], { cwd: APP_DIRECTORY, env });
  } finally {
    await sandboxed?.sandbox.close();
  }
}
