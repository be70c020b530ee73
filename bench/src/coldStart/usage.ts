/** What this process has used so far, written at once: `process.stdout` would have to be loaded first. */
import { writeSync } from 'node:fs';

/** Writes one line of JSON: `{ cpuMicros, rssBytes }`. */
export function writeUsage(): void {
  const { user, system } = process.cpuUsage();
  writeSync(1, `${JSON.stringify({ cpuMicros: user + system, rssBytes: process.memoryUsage.rss() })}\n`);
}
