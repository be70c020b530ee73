/** A scripted day: everything that the queries ask about happens once, behind the real gateway. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sandboxCatalogue } from '../../../../az-function/test/support/catalogueFolder.ts';
import { APP, browserAt, SIGN_IN_ENVIRONMENT } from '../../../../az-function/test/support/signInClient.ts';
import { openTestGateway, type TestGateway } from '../../../../az-function/test/support/testGateway.ts';
import { type TraceRow, toTraceRow } from './rows.ts';

/** What one conversation of the day sends with each call. */
export const GPT_HEADERS = {
  'openai-conversation-id': '6f9c0b1e-conversation',
  'openai-gpt-id': 'g-abc123',
  'openai-ephemeral-user-id': 'user-of-today',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  'x-client-trace-id': 'client-7',
  'x-operation-hash': 'hash-7',
};

const LISTING = JSON.stringify({ release_id: 249504, condition: 'Mint (M)', price: 1, status: 'Draft' });
const PHONE_KEYS = [{ label: 'phone', key: 'key-of-the-phone', read_only: true }];
const RELEASE = '/releases/249504';

async function conversation(gateway: TestGateway): Promise<void> {
  const ask = (path: string) => gateway.ask(path, { headers: GPT_HEADERS, mayBeKept: true });
  await ask('/database/search?q=nevermind');
  await ask(RELEASE);
  await ask(RELEASE);
  await ask('/artists/999999999');
}

async function discogsHasTrouble({ sandbox, ask }: TestGateway): Promise<void> {
  sandbox.fault({ times: 1, fault: { kind: 'status', status: 503 } });
  await ask('/artists/108713');
  sandbox.fault({ times: 3, fault: { kind: 'status', status: 500 } });
  await ask(RELEASE);
  await ask('/labels/895');
  await ask('/labels/896');
  sandbox.fault({ times: 2, fault: { kind: 'reset', stage: 'headers' } });
  await ask('/masters/13814');
  sandbox.fault({ fault: { kind: 'html', status: 403 } });
  await ask('/artists/72872');
  // Failures for five paths in a row: this one is not sent.
  await ask('/artists/72873');
}

async function twoAskForTheSame({ sandbox, ask }: TestGateway): Promise<void> {
  sandbox.fault({ fault: { kind: 'delay', ms: 200 } });
  await Promise.all([ask('/labels/1'), ask('/labels/1')]);
}

async function refusals({ ask, askWithoutKey }: TestGateway): Promise<void> {
  await askWithoutKey(RELEASE);
  await ask('/releases/none');
  await ask('/database/search');
  await ask('/nowhere');
  await ask('/users/crate_digger/wants/249504', {
    method: 'PUT',
    headers: { 'x-api-key': 'key-of-the-phone' },
  });
  await ask('/artists/108713', { headers: { 'x-api-key': 'key-of-the-phone' } });
  // More than ten in a second: the count of what was left out comes with the first call of a later second.
  await Promise.all(Array.from({ length: 45 }, () => askWithoutKey(RELEASE)));
  await pause(1_100);
  await ask('/artists/108713');
}

/** The catalogue answers, once by itself and once in place of a failure. */
async function aDump(): Promise<TestGateway> {
  const gateway = await openTestGateway({ environment: { CATALOGUE_STORE: await sandboxCatalogue() } });
  await gateway.ask(RELEASE, { headers: { ...GPT_HEADERS, 'x-discogs-source': 'catalogue' } });
  gateway.sandbox.fault({ times: 1, fault: { kind: 'status', status: 500 } });
  await gateway.ask('/masters/13814', { headers: GPT_HEADERS });
  return gateway;
}

async function anOrdinaryDay(): Promise<TestGateway> {
  const gateway = await openTestGateway({ environment: { CLIENT_KEYS: JSON.stringify(PHONE_KEYS) } });
  await conversation(gateway);
  await twoAskForTheSame(gateway);
  await discogsHasTrouble(gateway);
  await refusals(gateway);
  return gateway;
}

/** A write without an answer, which is never sent twice. */
async function anHourOfSilence(): Promise<TestGateway> {
  const gateway = await openTestGateway();
  gateway.sandbox.fault({ method: 'POST', fault: { kind: 'hang', stage: 'headers' } });
  const headers = { ...GPT_HEADERS, 'content-type': 'application/json' };
  await gateway.ask('/marketplace/listings', { method: 'POST', headers, body: LISTING });
  return gateway;
}

/** The window has one slot: the second call is turned away. */
async function anHourOfRush(): Promise<TestGateway> {
  const gateway = await openTestGateway({ sandbox: { limits: { authenticated: 1, anonymous: 1 } } });
  await gateway.ask('/artists/108713');
  await gateway.ask('/artists/108714');
  return gateway;
}

/** Discogs says no, because of somebody else at the same address: first briefly, while another call waits, then for long. */
async function aStranger(): Promise<TestGateway> {
  const gateway = await openTestGateway();
  const sayNo = (seconds: string) =>
    gateway.sandbox.fault({ fault: { kind: 'status', status: 429, headers: { 'retry-after': seconds } } });
  await gateway.ask('/artists/108712');
  sayNo('3');
  const first = gateway.ask('/artists/108713');
  while (gateway.sandbox.requests.length < 2) await pause(20);
  // The refusal has been sent; whoever comes in the three seconds after its arrival waits for them to end.
  await pause(500);
  await Promise.all([first, gateway.ask('/artists/108714')]);
  sayNo('100');
  await gateway.ask('/artists/108715');
  return gateway;
}

/** A module that makes the gateway's clock go ahead by the milliseconds in a file. */
const clockFrom = (file: string): string => `const now = performance.now.bind(performance);
  const { readFileSync } = process.getBuiltinModule('node:fs');
  performance.now = () => now() + Number(readFileSync(${JSON.stringify(file)}, 'utf8'));`;

/** Nine minutes later a search is still shown, and refreshed behind its answer: once well, once in vain. */
async function laterThatHour(): Promise<TestGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'discogs-agent-clock-'));
  const clock = join(folder, 'milliseconds');
  await writeFile(clock, '0');
  const module = `data:text/javascript,${encodeURIComponent(clockFrom(clock))}`;
  const gateway = await openTestGateway({ environment: { NODE_OPTIONS: `--import ${module}` } });
  const searches = ['well', 'in-vain'].map((word) => `/database/search?q=${word}`);
  const ask = (path: string) => gateway.ask(path, { headers: GPT_HEADERS, mayBeKept: true });
  for (const path of searches) await ask(path);
  await writeFile(clock, String(9 * 60_000));
  const [well = '', inVain = ''] = searches;
  await ask(well);
  await gateway.line('"lane":"refresh"', '"status":200');
  gateway.sandbox.fault({ fault: { kind: 'status', status: 500 } });
  await ask(inVain);
  await gateway.line('"lane":"refresh"', 'upstream_error');
  await rm(folder, { recursive: true });
  return gateway;
}

/** Somebody begins to sign in, and an app without a client is refused more often than is written, be it within four seconds. */
async function aSignIn(): Promise<TestGateway> {
  const gateway = await openTestGateway({ environment: SIGN_IN_ENVIRONMENT });
  const browser = browserAt(gateway.url);
  const authorize = (client: string) =>
    browser.visit(`${gateway.url}/api/authorize?response_type=code&client_id=${client}`);
  await Promise.all(Array.from({ length: 45 }, () => authorize('nobody')));
  await pause(1_100);
  await authorize(APP.client_id);
  return gateway;
}

async function aVaultWithoutSecrets(): Promise<TestGateway> {
  const reference = '@Microsoft.KeyVault(VaultName=kv;SecretName=DISCOGS-TOKEN)';
  const gateway = await openTestGateway({ environment: { DISCOGS_TOKEN: reference } });
  await gateway.ask('/artists/108713');
  return gateway;
}

/** Lives through the day. Takes about eleven seconds: a call that hangs is given up after ten. */
export async function captureDay(): Promise<readonly TraceRow[]> {
  const gateways = await Promise.all([
    anOrdinaryDay(),
    anHourOfSilence(),
    anHourOfRush(),
    aStranger(),
    aVaultWithoutSecrets(),
    laterThatHour(),
    aDump(),
    aSignIn(),
  ]);
  // A line may arrive after the answer that it is about.
  await Promise.all([
    gateways[0].line('"suppressed"'),
    gateways[1].line('createListing', '"error":"timeout"'),
    gateways[2].line('"source":"proxy"', 'rate_limited'),
    gateways[3].line('"source":"discogs"', 'rate_limited'),
    gateways[4].line('secrets_unresolved'),
    gateways[6].line('"instead_of":"upstream_error"'),
    gateways[7].line('oauth_request', '"suppressed"'),
  ]);
  const rows = gateways.flatMap(({ lines }) => lines.flatMap((line) => toTraceRow(line) ?? []));
  await Promise.all(gateways.map((gateway) => gateway.close()));
  return rows;
}
