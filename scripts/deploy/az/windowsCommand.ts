/**
 * How to start a `.cmd` file on Windows. Node refuses to spawn one directly since CVE-2024-27980, because cmd.exe reads
 * its arguments anew; with each of them quoted and the few texts refused that quotes do not tame, it is safe.
 */

/** A command line for `spawn` with `windowsVerbatimArguments`, or the argument that cannot be passed. */
export type WindowsCommand =
  | { readonly program: string; readonly args: readonly string[] }
  | { readonly unsafe: string };

/** Quotes end a quoted part, `%` is expanded even inside one, and a line break ends the command. */
const UNTAMED = /["%\r\n\0]/;

/** A backslash before the closing quote would escape it for the program behind the `.cmd`. */
const quoted = (arg: string): string => `"${arg.replace(/\\+$/, '$&$&')}"`;

export function windowsCommand(file: string, args: readonly string[]): WindowsCommand {
  const unsafe = args.find((arg) => UNTAMED.test(arg));
  if (unsafe !== undefined) return { unsafe };
  const line = [file, ...args.map(quoted)].join(' ');
  // With /s cmd.exe takes off the outermost quotes and nothing else; /d skips the AutoRun of the registry.
  return { program: 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`] };
}
