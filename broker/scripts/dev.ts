/**
 * `npm run dev`: the Worker on 127.0.0.1:8787 with a database in `.wrangler/`. Without `.dev.vars` it starts the sandbox
 * and uses that. The database is brought up to date first: without its tables every request fails. Arguments are
 * wrangler's.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { misreadVariables } from '@discogs-agent/core';
import {
  SANDBOX_CONSUMER_KEY,
  SANDBOX_CONSUMER_SECRET,
  type Sandbox,
  startSandbox,
} from '@discogs-agent/sandbox';
import { BROKER_DIRECTORY, wrangler } from './wrangler.ts';

const args = process.argv.slice(2);
const DEV_VARS = join(BROKER_DIRECTORY, '.dev.vars');

/** As arguments of wrangler. The sandbox's secret is none: it is in its README. */
function sandboxArguments({ url }: Sandbox): string[] {
  const variables = {
    DISCOGS_CONSUMER_KEY: SANDBOX_CONSUMER_KEY,
    DISCOGS_CONSUMER_SECRET: SANDBOX_CONSUMER_SECRET,
    ALLOW_UNAUTHENTICATED_BROKER: 'true',
    DISCOGS_API_BASE_URL: url,
    DISCOGS_WEB_BASE_URL: url,
  };
  return Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
}

/** Where wrangler keeps the database, if it is told to keep it elsewhere. */
function persistArguments(): string[] {
  const at = args.findIndex((arg) => /^--persist-to(=|$)/.test(arg));
  if (at === -1) return [];
  return args.slice(at, args[at] === '--persist-to' ? at + 2 : at + 1);
}

if (existsSync(DEV_VARS)) {
  const [misread] = misreadVariables(parseEnv(readFileSync(DEV_VARS, 'utf8')));
  if (misread) {
    console.error(`${DEV_VARS}: ${misread.variable} ${misread.fix}.`);
    process.exit(1);
  }
}
const migrated = await wrangler(['d1', 'migrations', 'apply', 'DB', '--local', ...persistArguments()], {
  CI: 'true',
});
if (migrated !== 0) process.exit(migrated);
const sandbox = existsSync(DEV_VARS) ? undefined : await startSandbox();
console.log(
  sandbox
    ? `No .dev.vars: the broker uses the sandbox at ${sandbox.url}, a stand-in for Discogs, with the sandbox's consumer key\n` +
        'and ALLOW_UNAUTHENTICATED_BROKER=true. For the real Discogs copy .dev.vars.example to .dev.vars.'
    : 'The broker uses the settings in .dev.vars.',
);
process.exitCode = await wrangler(['dev', '--local', ...(sandbox ? sandboxArguments(sandbox) : []), ...args]);
await sandbox?.close();
