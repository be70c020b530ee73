/** Reads the command line, runs the command, and turns its outcome into lines and an exit code. */
import { deploy } from './commands/deploy.ts';
import { openapi } from './commands/openapi.ts';
import { remove } from './commands/remove.ts';
import { rotate } from './commands/rotate.ts';
import { secrets } from './commands/secrets.ts';
import { smoketest } from './commands/smoketest.ts';
import type { DeployContext } from './deployContext.ts';
import { explain } from './explain.ts';
import type { Failure } from './failure.ts';
import { type Command, isCommand, type OptionsOf, readOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import { usage } from './usage.ts';

/** A command, joined to the reading of its options, so that the two cannot be mixed up. */
function reader<C extends Command>(
  command: C,
  run: (context: DeployContext, options: OptionsOf<C>) => Promise<Outcome<void>>,
) {
  return async (context: DeployContext, args: readonly string[]): Promise<Outcome<void>> => {
    const options = readOptions(command, args);
    return options.ok ? run(context, options.value) : options;
  };
}

const COMMANDS: Readonly<
  Record<Command, (context: DeployContext, args: readonly string[]) => Promise<Outcome<void>>>
> = {
  deploy: reader('deploy', deploy),
  secrets: reader('secrets', secrets),
  smoketest: reader('smoketest', smoketest),
  remove: reader('remove', remove),
  openapi: reader('openapi', openapi),
  rotate: reader('rotate', rotate),
};

function tell(context: DeployContext, failure: Failure): number {
  const { what, next } = explain(failure);
  context.say('');
  context.say(`FAILED: ${what}`);
  context.say(`What to do: ${next}`);
  return 1;
}

/** The exit code: 0 when everything asked for was done. */
export async function main(context: DeployContext, argv: readonly string[]): Promise<number> {
  const [first = '', ...rest] = argv;
  const [command, args] = isCommand(first) ? [first, rest] : (['deploy', argv] as const);
  if (first !== '' && first !== 'help' && !first.startsWith('-') && !isCommand(first)) {
    const problem = `${first} is no command. The commands are ${Object.keys(COMMANDS).join(', ')}.`;
    return tell(context, { kind: 'usage', problem });
  }
  if (args.includes('--help') || args.includes('-h') || first === 'help') {
    for (const line of usage(command)) context.say(line);
    return 0;
  }
  const outcome = await COMMANDS[command](context, args);
  return outcome.ok ? 0 : tell(context, outcome.failure);
}
