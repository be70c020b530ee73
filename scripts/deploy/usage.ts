/** The help of every command, from the tables of its options. */
import { type Command, OPTIONS } from './options.ts';
import { VAULT_NAMES } from './secrets.ts';

const ABOUT: Readonly<Record<Command, string>> = {
  deploy: 'Deploys DiscogsAgent: resources, secrets, code, smoke test, OpenAPI document.',
  secrets: `Writes secrets of the environment into a deployment: ${Object.keys(VAULT_NAMES).join(', ')}.`,
  smoketest: 'Asks a gateway; X_API_KEY and DISCOGS_TOKEN of the environment enable more checks.',
  remove: 'Deletes the resource group of a deployment.',
  openapi: 'Writes dist/proxy.published.yaml.',
  rotate: 'Prints how to change the client key.',
};

export function usage(command: Command): readonly string[] {
  const options = Object.entries(OPTIONS[command]).map(([name, option]) => {
    const value = option.type === 'string' ? ' <text>' : '';
    const standard = 'default' in option ? `  (default: ${option.default})` : '';
    return `  --${name}${value}${standard}`;
  });
  return [
    ABOUT[command],
    `Usage: npm run deploy -- ${command === 'deploy' ? '' : `${command} `}[options]`,
    ...options,
    'Other commands: secrets, smoketest, remove, openapi, rotate. docs/deploy.md explains all of them.',
  ];
}
