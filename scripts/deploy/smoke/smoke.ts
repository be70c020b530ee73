/** The smoke test with its verdict. */

import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { runSmoke, type SmokeOptions } from './runSmoke.ts';

/** `keyWanted`: a run without a key, which leaves most of it out, is not one that passed. */
export async function smoke(
  context: DeployContext,
  options: SmokeOptions,
  { keyWanted }: { readonly keyWanted: boolean },
): Promise<Outcome<void>> {
  context.say(`Smoke test of ${options.baseUrl}`);
  const { passed, skipped, failures, noAnswer } = await runSmoke(context, options);
  if (noAnswer !== undefined) {
    return failed({ kind: 'not_answering', url: options.baseUrl, detail: noAnswer });
  }
  context.say(`Summary: ${passed} passed, ${failures.length} failed, ${skipped} skipped`);
  if (context.interruption.aborted) return failed({ kind: 'interrupted', doing: 'testing the gateway' });
  if (failures.length > 0) return failed({ kind: 'smoke_failed', failed: failures });
  if (options.apiKey !== undefined) context.say('OVERALL: PASS');
  else if (keyWanted) return failed({ kind: 'smoke_incomplete', skipped });
  else context.say(`Not fully tested: X_API_KEY was not given, so ${skipped} checks were skipped`);
  return done(undefined);
}
