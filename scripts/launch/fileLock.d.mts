/** Whether a process of this id runs, whoever started it. */
export declare function isRunning(pid: number): boolean;

/** Waits for the lock. `waiting` is called once when somebody else holds it. Undefined when it was still held at the end. */
export declare function acquireLock(options: {
  readonly path: string;
  readonly waiting: () => void;
  readonly limitMs: number;
}): Promise<{ alsoHeldBy(pid: number): void; release(): void } | undefined>;
