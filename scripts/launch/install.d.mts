/** Installs what the lock file of a folder lists, where it is not there; gives what went wrong, in one line. */
export declare function ensureInstalled(root: string): Promise<string | undefined>;
