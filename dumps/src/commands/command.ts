/** What a command of `npm run dumps` is. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ImportError } from '../import/importFailure.ts';
import { systemError } from '../systemError.ts';

/** What commands are given: nothing of the process but this. */
export interface CommandContext {
  /** Of the catalogue. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** In milliseconds. */
  readonly now: () => number;
  say(line: string): void;
  /** A line that replaces the one before it on a terminal. */
  progress(line: string): void;
}

type Option = NonNullable<ParseArgsConfig['options']>[string] & { readonly about: string };
export type Options = Readonly<Record<string, Option>>;

/** Values as they were given: texts and switches. */
export interface Given {
  readonly names: readonly string[];
  text(option: string): string | undefined;
  isOn(option: string): boolean;
}

export interface Command {
  readonly about: string;
  /** What follows the name of the command: `<files or folder>`. */
  readonly operands: string;
  readonly options: Options;
  /** Throws what it cannot do. */
  run(context: CommandContext, given: Given): Promise<void>;
}

/** Reads the arguments of a command. */
export function readGiven({ options, operands }: Command, args: readonly string[]): Given {
  const parse = () => parseArgs({ args: [...args], options, allowPositionals: operands !== '' });
  let found: ReturnType<typeof parse>;
  try {
    found = parse();
  } catch (error) {
    const [problem = ''] = systemError(error).message.split('. ');
    throw new ImportError({ code: 'usage', problem: `${problem}.` });
  }
  const { values, positionals } = found;
  return {
    names: positionals,
    text(option) {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    },
    isOn: (option) => values[option] === true,
  };
}

/** A whole number of at least 1. */
export function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new ImportError({
    code: 'usage',
    problem: `--${option}: expected a whole number from 1, got "${text}".`,
  });
}
