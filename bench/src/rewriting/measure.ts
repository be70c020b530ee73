/** Part C: what pointing the links back at the gateway costs. */
import type { Apps } from '../apps.ts';
import { BODIES } from '../bodies.ts';
import { numberIn } from '../processes/child.ts';
import { runOnce } from '../processes/oneShot.ts';

/** One body. */
export interface Rewriting {
  readonly label: string;
  readonly oursMicros: number;
  readonly parsingMicros: number;
}

/** Measures in a process of its own, on the candidates' core. */
export async function measureRewriting(apps: Apps, core: string | undefined): Promise<readonly Rewriting[]> {
  const results: Rewriting[] = [];
  await runOnce({ script: apps.script('rewriting'), core }, (line) => {
    if (!Array.isArray(line)) throw new Error('no list of results');
    for (const [index, result] of line.entries()) {
      results.push({
        label: BODIES[index]?.label ?? '',
        oursMicros: numberIn(result, 'oursMicros'),
        parsingMicros: numberIn(result, 'parsingMicros'),
      });
    }
  });
  return results;
}
