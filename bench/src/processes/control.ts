/** The side of a measured process: it says where it listens, and on request what it has used. */

/** Sends `{ port }` to the parent, and `{ cpuMicros, … }` whenever the parent sends anything. */
export function serveControl(port: number, figures: () => Record<string, number> = () => ({})): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMicros: user + system, ...figures() });
  });
  // An orderly exit, so that a CPU profile is written.
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port });
}
