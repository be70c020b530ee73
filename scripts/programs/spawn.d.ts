/** How to run it. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}
/** Whether only a shell can start the program here. */
export declare function viaShell(program: string): boolean;
/** Resolves with the exit code; 1 when the program cannot be started or a signal ended it. */
export declare function run(program: string, args: readonly string[], options?: RunOptions): Promise<number>;
