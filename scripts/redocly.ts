/** Lints the OpenAPI document with Redocly, a validator that is not ours. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './spawn.ts';

const fromOpenApi = createRequire(new URL('../openapi/package.json', import.meta.url));
const program = join(dirname(fromOpenApi.resolve('@redocly/cli/package.json')), 'bin/cli.js');

process.exitCode = await run(
  process.execPath,
  [program, 'lint', 'openapi/proxy.yaml', '--config', 'openapi/redocly.yaml'],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    // It would ask the registry for a newer version, and tell its maker that it ran.
    env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' },
  },
);
