/** Reads the command line, runs the command, and turns its outcome into lines and an exit code. */
import { explainError, ImportError } from '../import/importFailure.ts';
import { type Command, type CommandContext, readGiven } from './command.ts';
import { demoCommand } from './demoCommand.ts';
import { importCommand } from './importCommand.ts';
import { packCommand } from './packCommand.ts';
import { removeCommand } from './removeCommand.ts';
import { statusCommand } from './statusCommand.ts';
import { uploadCommand } from './uploadCommand.ts';
import { verifyCommand } from './verifyCommand.ts';

/** Every command by its name. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  import: importCommand,
  status: statusCommand,
  verify: verifyCommand,
  remove: removeCommand,
  demo: demoCommand,
  pack: packCommand,
  upload: uploadCommand,
};

const INTERRUPTED = 130;
/** It may have a signature, which is a secret. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;
const HELP = new Set(['--help', '-h', 'help']);

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`);
}

const overview = (): readonly string[] => [
  "Discogs' monthly data dumps as a catalogue of one's own.",
  'Usage: npm run dumps -- <command> [options]',
  ...table(Object.entries(COMMANDS).map(([name, { about }]) => [name, about])),
  'npm run dumps -- <command> --help explains one. CATALOGUE_STORE names the folder (default: catalogue in the repository).',
];

const usage = (name: string, { about, operands, options }: Command): readonly string[] => [
  about,
  `Usage: npm run dumps -- ${[name, operands].filter(Boolean).join(' ')} [options]`,
  ...table(
    Object.entries(options).map(([option, { type, about: what, default: standard }]) => [
      `--${option}${type === 'string' ? ' <text>' : ''}`,
      `${what}${standard === undefined ? '' : ` (default: ${standard})`}`,
    ]),
  ),
];

async function run(context: CommandContext, [name = '', ...args]: readonly string[]): Promise<void> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new ImportError({ code: 'usage', problem: `${name} is no command.` });
  if (args.some((arg) => HELP.has(arg))) {
    for (const line of usage(name, command)) context.say(line);
    return;
  }
  if (ADDRESS.test(context.folder)) {
    const problem = 'CATALOGUE_STORE is an address, and this command works in a folder of this machine.';
    throw new ImportError({ code: 'folder', problem });
  }
  await command.run(context, readGiven(command, args));
}

/** The exit code: 0 when everything asked for was done. */
export async function main(context: CommandContext, argv: readonly string[]): Promise<number> {
  const [name = '--help'] = argv;
  if (HELP.has(name)) {
    for (const line of overview()) context.say(line);
    return 0;
  }
  try {
    await run(context, argv);
    return 0;
  } catch (error) {
    const lines = explainError(error);
    if (!lines) throw error;
    for (const line of lines) context.say(line);
    return error instanceof ImportError && error.failure.code === 'interrupted' ? INTERRUPTED : 1;
  }
}
