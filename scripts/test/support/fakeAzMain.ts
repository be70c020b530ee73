/**
 * The stand-in as a program: one call, its state in the file that FAKE_AZ_STATE names. It stops for good in the call that
 * FAKE_AZ_HANG_AT names, and says so by a file beside the state.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { VAULT_NAMES } from '../../deploy/secretNames.ts';
import type { AzState } from './azState.ts';
import { fakeAz } from './fakeAz.ts';

const path = process.env['FAKE_AZ_STATE'] ?? '';
const state: AzState = JSON.parse(readFileSync(path, 'utf8'));
const suspicious = Object.keys(VAULT_NAMES).filter((name) => process.env[name] !== undefined);
state.secretVariables = [...new Set([...state.secretVariables, ...suspicious])];
const args = process.argv.slice(2);
const input = args.some((arg) => arg.endsWith('@-')) ? readFileSync(0, 'utf8') : '';
const hangAt = process.env['FAKE_AZ_HANG_AT'];
if (hangAt !== undefined && args.join(' ').startsWith(hangAt)) {
  writeFileSync(`${path}.hangs`, String(process.pid));
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
const { code, stdout, stderr } = fakeAz(state, args, input);
writeFileSync(path, JSON.stringify(state));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
