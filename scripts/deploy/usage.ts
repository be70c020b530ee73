/** The help of every command, from the tables of its options. */
import { type Command, OPTIONS } from './options.ts';
import { VAULT_NAMES } from './secretNames.ts';

const ABOUT: Readonly<Record<Command, string>> = {
  deploy: 'Deploys DiscogsAgent: resources, secrets, code, smoke test, OpenAPI document.',
  secrets: 'Writes secrets of the environment into a deployment.',
  smoketest: 'Tests a gateway; X_API_KEY and DISCOGS_TOKEN of the environment enable more checks.',
  remove: 'Deletes the resource group of a deployment.',
  openapi: 'Writes dist/gpt-action.published.yaml and its siblings, with the address of a deployment.',
  rotate: 'Prints how to change the client key without an outage; changes nothing.',
};

/** Two columns, the second of which begins in the same place. */
function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`);
}

function optionRows(command: Command): readonly (readonly [string, string])[] {
  return Object.entries(OPTIONS[command]).map(([name, option]) => {
    const value = option.type === 'string' ? ' <text>' : '';
    const negated = option.type === 'boolean' && name !== 'help' ? '[no-]' : '';
    const standard = 'default' in option ? ` (default: ${option.default})` : '';
    return [`--${negated}${name}${value}`, `${option.about}${standard}`];
  });
}

/** The lines of `--help`. */
export function usage(command: Command): readonly string[] {
  const others = Object.entries(ABOUT).filter(([name]) => name !== command);
  return [
    ABOUT[command],
    `Usage: npm run deploy -- ${command === 'deploy' ? '' : `${command} `}[options]`,
    ...table(optionRows(command)),
    `Secrets come from the environment only: ${Object.keys(VAULT_NAMES).join(', ')}.`,
    'Other commands (npm run deploy -- <command> --help explains each):',
    ...table(others.map(([name, about]) => [name, about])),
    'docs/deploy.md has examples.',
  ];
}
