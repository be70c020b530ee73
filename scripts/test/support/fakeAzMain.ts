/** The stand-in as a program: one call, its state in the file that FAKE_AZ_STATE names. */
import { readFileSync, writeFileSync } from 'node:fs';
import { VAULT_NAMES } from '../../deploy/secrets.ts';
import type { AzState } from './azState.ts';
import { fakeAz } from './fakeAz.ts';

const path = process.env['FAKE_AZ_STATE'] ?? '';
const state: AzState = JSON.parse(readFileSync(path, 'utf8'));
const suspicious = Object.keys(VAULT_NAMES).filter((name) => process.env[name] !== undefined);
state.secretVariables = [...new Set([...state.secretVariables, ...suspicious])];
const { code, stdout, stderr } = fakeAz(state, process.argv.slice(2));
writeFileSync(path, JSON.stringify(state));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
