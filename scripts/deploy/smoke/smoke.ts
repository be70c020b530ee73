/** The smoke test with its verdict. */
import { done, failed, type Outcome } from '../outcome.ts';
import type { World } from '../world.ts';
import { runSmoke, type SmokeOptions } from './runSmoke.ts';

export async function smoke(world: World, options: SmokeOptions): Promise<Outcome<void>> {
  world.say(`Smoke test of ${options.baseUrl}`);
  const { passed, skipped, failures } = await runSmoke(world, options);
  world.say(`Summary: ${passed} passed, ${failures.length} failed, ${skipped} skipped`);
  if (world.interruption.aborted) return failed({ kind: 'interrupted', doing: 'testing the gateway' });
  if (failures.length > 0) return failed({ kind: 'smoke_failed', failed: failures });
  world.say('OVERALL: PASS');
  return done(undefined);
}
