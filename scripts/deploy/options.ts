/** The options of every command, and how they are read. PowerShell's `-SubscriptionId` is `--subscription-id` here. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { failed, type Outcome } from './outcome.ts';

/** An option, with the line that the help shows. */
type Option = NonNullable<ParseArgsConfig['options']>[string] & { readonly about: string };
type Options = Readonly<Record<string, Option>>;

/** The original's name for it. */
export const DEFAULT_GROUP = 'jmd-discogs';

const SUBSCRIPTION = {
  'subscription-id': {
    type: 'string',
    about: 'Subscription, by id or name; without it the one az is set to',
  },
} as const satisfies Options;
const GROUP = { type: 'string', about: 'Resource group' } as const;
const WHERE = {
  ...SUBSCRIPTION,
  'resource-group': { ...GROUP, default: DEFAULT_GROUP },
} as const satisfies Options;
const NAMED = {
  'name-prefix': { type: 'string', default: 'jmd-discogs', about: 'Begins the names of all resources' },
  'name-suffix': { type: 'string', about: 'Ends the names, its hyphen included: --name-suffix=-b2' },
} as const satisfies Options;
const PRINCIPAL = {
  'principal-id': { type: 'string', about: 'Your object id, where it cannot be read from the token of az' },
} as const satisfies Options;
const APP = { 'function-app-name': { type: 'string', about: 'Function App' } } as const satisfies Options;
const HELP = { help: { type: 'boolean', about: 'This text' } } as const satisfies Options;

/** One table for each command. What is a boolean can be negated: `--no-enable-key-vault`. */
export const OPTIONS = {
  deploy: {
    ...WHERE,
    ...NAMED,
    location: { type: 'string', default: 'canadacentral', about: 'Azure region' },
    'zip-path': { type: 'string', about: 'Package to deploy in place of a new one' },
    'code-only': { type: 'boolean', about: 'The package alone; resources and secrets stay as they are' },
    'what-if': { type: 'boolean', about: 'Shows what would change in Azure, and changes nothing' },
    'use-flex-consumption': {
      type: 'boolean',
      about: 'Flex Consumption (on); off: classic Linux Consumption',
    },
    'enable-key-vault': { type: 'boolean', about: 'Secrets in Key Vault (on); off: in app settings' },
    'node-version': { type: 'string', about: '22 or 24; without it what the region offers' },
    'read-only': { type: 'boolean', about: 'Refuses everything that writes to Discogs (off)' },
    'enable-request-log': { type: 'boolean', about: 'Logs every request, without keys (off)' },
    'state-store': {
      type: 'string',
      about: 'tables: all instances share one rate limit; memory: each has its own',
    },
    'enable-broker': { type: 'boolean', about: 'Also serves the broker (off)' },
    'enable-sign-in': { type: 'boolean', about: 'Also lets people sign in with Discogs (off)' },
    'alert-email': { type: 'string', about: 'Address that receives alerts' },
    'enable-stable-outbound-address': {
      type: 'boolean',
      about: 'An outbound address of your own by a NAT gateway, paid by the hour (off)',
    },
    ...PRINCIPAL,
    parameter: {
      type: 'string',
      multiple: true,
      about: 'Any other parameter of infra/main.bicep, as name=value; may be repeated',
    },
    ...HELP,
  },
  secrets: {
    ...SUBSCRIPTION,
    'resource-group': GROUP,
    'vault-name': { type: 'string', about: 'Key Vault; leave it out for a deployment without one' },
    ...APP,
    ...PRINCIPAL,
    ...HELP,
  },
  smoketest: {
    ...WHERE,
    ...NAMED,
    'base-url': { type: 'string', about: 'Address of the gateway, which then needs no az' },
    username: { type: 'string', about: 'Discogs user whose collection and wantlist are read' },
    'pause-seconds': { type: 'string', about: 'Pause between two requests, 0 to 60' },
    'include-write-tests': {
      type: 'boolean',
      about: 'Puts release 249504 on the wantlist and takes it off, even if it was there before (off)',
    },
    ...HELP,
  },
  remove: {
    ...WHERE,
    ...NAMED,
    yes: { type: 'boolean', about: 'Really deletes; without it only lists what would go' },
    'including-others': { type: 'boolean', about: 'Also deletes what has other names in the group (off)' },
    'purge-vault': { type: 'boolean', about: 'Deletes the vault for good (off)' },
    ...HELP,
  },
  openapi: {
    ...SUBSCRIPTION,
    'resource-group': GROUP,
    ...NAMED,
    ...APP,
    host: { type: 'string', about: 'Host name to write, which then needs no az' },
    ...HELP,
  },
  rotate: { ...WHERE, ...NAMED, ...HELP },
} as const satisfies Record<string, Options>;

export type Command = keyof typeof OPTIONS;
export type OptionsOf<C extends Command> = ReturnType<
  typeof parseArgs<{ options: (typeof OPTIONS)[C]; allowNegative: true }>
>['values'];

export const isCommand = (word: string): word is Command => Object.hasOwn(OPTIONS, word);

export function readOptions<C extends Command>(command: C, args: readonly string[]): Outcome<OptionsOf<C>> {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS[command], allowNegative: true });
    return { ok: true, value: values };
  } catch (error) {
    return failed({ kind: 'usage', problem: error instanceof Error ? error.message : String(error) });
  }
}
