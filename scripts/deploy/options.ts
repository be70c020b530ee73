/** The options of every command, and how they are read. PowerShell's `-SubscriptionId` is `--subscription-id` here. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { failed, type Outcome } from './outcome.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** The original's name for it. */
export const DEFAULT_GROUP = 'jmd-discogs';
const WHERE = {
  'subscription-id': text,
  'resource-group': { ...text, default: DEFAULT_GROUP },
} satisfies Options;
const NAMED = { 'name-prefix': { ...text, default: 'jmd-discogs' }, 'name-suffix': text } satisfies Options;
const HELP = { help: flag } satisfies Options;

/** One table for each command. What is a boolean can be negated: `--no-enable-key-vault`. */
export const OPTIONS = {
  deploy: {
    ...WHERE,
    ...NAMED,
    location: { ...text, default: 'canadacentral' },
    'zip-path': text,
    'code-only': flag,
    'what-if': flag,
    'use-flex-consumption': flag,
    'enable-key-vault': flag,
    'node-version': text,
    'read-only': flag,
    'enable-request-log': flag,
    'state-store': text,
    'enable-broker': flag,
    'alert-email': text,
    'enable-stable-outbound-address': flag,
    'principal-id': text,
    parameter: { ...text, multiple: true },
    ...HELP,
  },
  secrets: {
    'subscription-id': text,
    'resource-group': text,
    'vault-name': text,
    'function-app-name': text,
    'principal-id': text,
    ...HELP,
  },
  smoketest: {
    ...WHERE,
    ...NAMED,
    'base-url': text,
    username: text,
    'pause-seconds': text,
    'include-write-tests': flag,
    ...HELP,
  },
  remove: { ...WHERE, ...NAMED, yes: flag, 'including-others': flag, 'purge-vault': flag, ...HELP },
  openapi: {
    'subscription-id': text,
    'resource-group': text,
    ...NAMED,
    'function-app-name': text,
    host: text,
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
