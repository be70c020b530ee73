/** The sandbox: a stand-in for api.discogs.com, see `startSandbox`. */
export {
  SANDBOX_CONSUMER_KEY,
  SANDBOX_CONSUMER_SECRET,
  SANDBOX_TOKEN,
  SANDBOX_USERNAME,
} from './accounts.ts';
export { BENCH_RELEASE_IDS, COMPOSED_RECORDS, COMPOSED_RECORDS_FROM } from './catalogue/composed.ts';
export { COMPOSED_ID_MIN } from './data/facts.ts';
export { sandboxDump } from './dump/sandboxDump.ts';
export { InvalidRule } from './faults/fieldReader.ts';
export type { Fault, FaultRule } from './faults/rule.ts';
export { answerConsent, type ConsentAnswer } from './oauth/answerConsent.ts';
export type { RecordedRequest, Sandbox, SandboxOptions } from './options.ts';
export { startSandbox } from './sandbox.ts';
