/** Lints the OpenAPI documents with Redocly, a validator that is not ours. */
import { runTool } from '../programs/installTool.ts';

const DOCUMENTS = [
  'openapi/proxy.yaml',
  'openapi/discogs-agent.yaml',
  'openapi/gpt-action.yaml',
  'openapi/gpt-action-oauth.yaml',
];

process.exitCode = await runTool(
  'redocly',
  '@redocly/cli/bin/cli.js',
  ['lint', ...DOCUMENTS, '--config', 'openapi/redocly.yaml'],
  // It would ask the registry for a newer version, and tell its maker that it ran.
  { REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' },
);
