import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BrokerHere, startBroker } from './support/brokerHere.ts';
import { app, ask, type Reply } from './support/client.ts';

let broker: BrokerHere;

beforeAll(async () => {
  broker = await startBroker();
});
afterAll(() => broker.close());

const stranger = { device_id: 'd', pending_token: 'p' };
const withWrongToken = () => app(broker.url, 'wrong');

/** Lets a session's time pass, by the column that holds its end. */
const endTime = (column: 'expires_at' | 'session_expires_at') =>
  broker.database.prepare(`UPDATE device_sessions SET ${column} = 1`).all();

async function afterTheTime(): Promise<Reply> {
  const pair = await broker.app.start();
  await endTime('expires_at');
  return broker.app.finalize(pair);
}

async function afterTheSession(): Promise<Reply> {
  const token = await broker.app.signIn();
  await endTime('session_expires_at');
  return broker.app.search(token);
}

describe('the failure triage of the README, in workerd,', () => {
  const ROWS: readonly [surface: string, signal: string, cause: () => Promise<Reply>][] = [
    ['start', '401 invalid broker client token', () => withWrongToken().startReply()],
    ['status', '401 invalid broker client token', () => withWrongToken().status(stranger)],
    ['finalize', '401 invalid broker client token', () => withWrongToken().finalize(stranger)],
    ['status', '404 device session not found', () => broker.app.status(stranger)],
    ['finalize', '404 device session not found', () => broker.app.finalize(stranger)],
    [
      'finalize',
      '409 device session is not authorized yet',
      async () => broker.app.finalize(await broker.app.start()),
    ],
    ['finalize', '410 device session expired; restart auth', afterTheTime],
    [
      'proxy/search',
      '401 missing bearer session token',
      () => ask(`${broker.url}/v1/discogs/proxy/search`, { method: 'POST' }),
    ],
    ['proxy/search', '401 invalid or expired broker session', () => broker.app.search('stale')],
    ['proxy/search', '401 invalid or expired broker session', afterTheSession],
    [
      'proxy/search',
      '400 artist and title are required',
      async () => broker.app.search(await broker.app.signIn(), { title: 't' }),
    ],
    [
      'proxy/search',
      '400 artist and title are required',
      async () => broker.app.search(await broker.app.signIn(), { artist: ' ', title: 't' }),
    ],
  ];

  it.each(ROWS)('of %s shows: %s', async (_, signal, cause) => {
    const { status, json } = await cause();
    expect(`${status} ${json?.['message']}`).toBe(signal);
  });
});
