/** Looks at one answer of each size before anything is measured: a fast wrong answer would win. */
import { BODIES, releaseId } from '../bodies.ts';
import { API_KEY } from '../load/runLoad.ts';
import type { Candidate } from './candidates.ts';

const ORIGINAL = '"https://api.discogs.com/artists/';

/** Rejects when a body is not JSON, or has the wrong links: rewritten by the gateway, untouched everywhere else. */
export async function checkAnswer({ id }: Candidate, port: number, nextIndex: () => number): Promise<void> {
  for (const body of BODIES) {
    const url = `http://127.0.0.1:${port}/api/releases/${releaseId(body, nextIndex())}`;
    const response = await fetch(url, { headers: { 'x-api-key': API_KEY } });
    const text = await response.text();
    JSON.parse(text);
    const rewrites = id === 'gateway' || id === 'earlier';
    const expected = rewrites ? `"http://127.0.0.1:${port}/api/artists/` : ORIGINAL;
    const unexpected = rewrites ? ORIGINAL : `:${port}/api/`;
    if (!text.includes(expected) || text.includes(unexpected)) throw new Error(`${id} sends wrong links`);
  }
}
