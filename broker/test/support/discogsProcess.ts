/** The stand-in in a process of its own, which nothing else keeps from noting when a call arrives. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DiscogsHere, Send } from './localDiscogs.ts';

const CHILD = fileURLToPath(new URL('./discogsChild.ts', import.meta.url));

/** Starts it. What it answers cannot be changed. */
export function discogsProcess(): Promise<DiscogsHere> {
  const child = fork(CHILD, { execArgv: [] });
  const discogs: DiscogsHere['discogs'] = { sends: [], answer: () => ({ status: 200 }), tookMs: 30 };
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the stand-in has ended')));
    child.on('message', (message: string | Send) => {
      if (typeof message === 'string') resolve({ discogs, url: message, close: () => void child.kill() });
      else discogs.sends.push(message);
    });
  });
}
