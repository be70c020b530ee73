/** The smoke test with its verdict. */
import { done, failed, type Outcome } from '../outcome.ts';
import type { World } from '../world.ts';
import { runSmoke, type SmokeOptions } from './runSmoke.ts';

/** `keyWanted`: a run without a key, which leaves most of it out, is not one that passed. */
export async function smoke(
  world: World,
  options: SmokeOptions,
  { keyWanted }: { readonly keyWanted: boolean },
): Promise<Outcome<void>> {
  world.say(`Smoke test of ${options.baseUrl}`);
  const { passed, skipped, failures, noAnswer } = await runSmoke(world, options);
  if (noAnswer !== undefined) {
    return failed({ kind: 'not_answering', url: options.baseUrl, detail: noAnswer });
  }
  world.say(`Summary: ${passed} passed, ${failures.length} failed, ${skipped} skipped`);
  if (world.interruption.aborted) return failed({ kind: 'interrupted', doing: 'testing the gateway' });
  if (failures.length > 0) return failed({ kind: 'smoke_failed', failed: failures });
  if (options.apiKey !== undefined) world.say('OVERALL: PASS');
  else if (keyWanted) return failed({ kind: 'smoke_incomplete', skipped });
  else world.say(`Not fully tested: X_API_KEY was not given, so ${skipped} checks were skipped`);
  return done(undefined);
}
