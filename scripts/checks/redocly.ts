/** Lints the OpenAPI documents with Redocly, a validator that is not ours. */
import { runTool } from '../programs/installTool.ts';

process.exitCode = await runTool(
  'redocly',
  '@redocly/cli/bin/cli.js',
  [
    'lint',
    ...['proxy', 'discogs-agent', 'gpt-action', 'gpt-action-oauth'].map((name) => `openapi/${name}.yaml`),
    '--config',
    'openapi/redocly.yaml',
  ],
  // It would ask the registry for a newer version, and tell its maker that it ran.
  { REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' },
);
