/** Refuses what the real Azure CLI would refuse, by its own argument tables (`azArguments.json`). */
import { readFileSync } from 'node:fs';

interface Table {
  readonly everywhere: Readonly<Record<string, string>>;
  readonly commands: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const table: Table = JSON.parse(readFileSync(new URL('../azArguments.json', import.meta.url), 'utf8'));

export interface ReadCall {
  readonly command: string;
  /** By the longest spelling; a flag is `true`. */
  readonly options: Readonly<Record<string, string | true>>;
}

export const knownCommands = Object.keys(table.commands);

/** The call, or what az would say about it. */
export function readCall(args: readonly string[]): ReadCall | { readonly error: string } {
  const first = args.findIndex((word) => word.startsWith('-'));
  const command = args.slice(0, first === -1 ? args.length : first).join(' ');
  const own = table.commands[command];
  if (!own) return { error: `'${command}' is misspelled or not recognized by the system.` };
  const specs = Object.entries({ ...table.everywhere, ...own }).map(([names, how]) => {
    const [need = '', choices] = how.split(' ');
    return { names: names.split(' '), need, choices: choices?.split('|') };
  });
  const options: Record<string, string | true> = {};
  // `--name=value` is one word or two.
  const words = args.flatMap((word) => /^(--[\w-]+)=(.*)$/s.exec(word)?.slice(1) ?? [word]);
  for (let index = first; index !== -1 && index < words.length; index += 1) {
    const word = words[index] ?? '';
    const spec = specs.find(({ names }) => names.includes(word));
    if (!spec) return { error: `unrecognized arguments: ${word}` };
    const name = spec.names[0] ?? word;
    if (name in options) return { error: `given twice: ${word}` };
    if (spec.need === 'flag') options[name] = true;
    else {
      index += 1;
      const value = words[index];
      if (value === undefined || value.startsWith('--'))
        return { error: `argument ${word}: expected a value` };
      if (spec.choices && !spec.choices.includes(value)) return { error: `invalid choice: ${value}` };
      options[name] = value;
    }
  }
  const missing = specs.find(({ names: [name = ''], need }) => need === 'required' && !(name in options));
  if (missing) return { error: `the following arguments are required: ${missing.names[0]}` };
  return { command, options };
}
