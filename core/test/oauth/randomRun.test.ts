/**
 * A long random life of two users with their apps, beside each other, with faults of Discogs and of the store: nobody ever
 * sees or changes what is another's, and nothing that has ended opens anything. `LONG=1` makes it fifty times longer.
 */
import { memoryOAuthStores, type RecordStore } from '@discogs-agent/core/oauth';
import { expect, it } from '@jest/globals';
import { answer, ask as askGateway, call, gateway } from '../support/fakes.ts';
import { seeded } from '../support/seeded.ts';
import { discogsUsers } from './support/discogsUsers.ts';
import { APP_REQUEST, harness, NOON, type Reply, type Tokens } from './support/harness.ts';

const STEPS = process.env['LONG'] === '1' ? 100_000 : 2000;
const SEED = 20_261_127;
const USERS = ['ana', 'ben'] as const;
type User = (typeof USERS)[number];
const SCOPES = ['read', 'read collection:write', 'marketplace:write'] as const;
/** More are forgotten, so that a long run does not slow down. */
const MAX_GRANTS = 12;

/** What the app knows of one of its grants. */
interface Held {
  readonly user: User;
  readonly mayWrite: boolean;
  /** Access tokens, the newest last. */
  readonly access: { readonly token: string; readonly issuedAt: number }[];
  /** Refresh tokens, the newest last. */
  readonly refresh: string[];
  /** Somebody was told that it has ended. */
  hasEnded: boolean;
}

it(`two users never meet in ${STEPS} random steps`, async () => {
  const random = seeded(SEED);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const clock = { ms: NOON };
  const discogs = discogsUsers(USERS);
  const stores = memoryOAuthStores();
  let isStoreFaulty = false;
  const world = harness({ discogs, clock, stores: { ...stores, grants: flaky(stores.grants) } });
  /** The clock of limiter and cache never leaps, and never lets a call wait. */
  let steadyMs = NOON;
  const proxy = gateway({ users: world.users, fetcher: discogs.fetcher, now: () => steadyMs });
  const held: Held[] = [];
  const broken: string[] = [];
  const seen: Record<string, number> = {};
  const asked = new Map<number, Held>();
  let releases = 0;

  const count = (what: string): void => {
    seen[what] = (seen[what] ?? 0) + 1;
  };

  /** Fails before or after it has done its work: the caller cannot know. */
  function flaky(store: RecordStore): RecordStore {
    const around = async <T>(work: () => Promise<T>): Promise<T> => {
      const dice = isStoreFaulty ? random() : 1;
      if (dice < 0.2) throw new Error('the store is away');
      const result = await work();
      if (dice < 0.4) throw new Error('the answer of the store is lost');
      return result;
    };
    return {
      ...store,
      insert: (record) => around(() => store.insert(record)),
      get: (id) => around(() => store.get(id)),
      change: (id, decide) => around(() => store.change(id, decide)),
      take: (id) => around(() => store.take(id)),
    };
  }

  async function signIn(): Promise<void> {
    const user = pick(USERS);
    const scope = pick(SCOPES);
    discogs.person = user;
    const jar = world.newJar();
    const consent = await world.toConsent({ ...APP_REQUEST, scope }, jar);
    if (consent.status !== 200) return count('sign-in failed');
    if (!consent.text.includes(`at Discogs as ${user}.`)) broken.push(`${user} is asked as somebody else`);
    const back = await world.decide(consent, 'allow', jar);
    const code = back.location?.searchParams.get('code') ?? '';
    const tokens = world.tokensOf(await world.token(world.codeForm(code)));
    if (!tokens.access.startsWith('daa_')) return count('sign-in failed');
    count('sign-in');
    if (held.length >= MAX_GRANTS) held.shift();
    const mayWrite = scope.includes('collection:write');
    held.push({ user, mayWrite, access: [issued(tokens)], refresh: [tokens.refresh], hasEnded: false });
  }

  /** An app whose grant has ended begins again, sooner or later. */
  function forget(one: Held): void {
    const at = held.indexOf(one);
    if (at >= 0) held.splice(at, 1);
  }

  const issued = ({ access }: Tokens) => ({ token: access, issuedAt: clock.ms });

  const tokenOf = ({ access }: Held) => (random() < 0.8 ? access.at(-1) : pick(access));

  async function read(one: Held): Promise<void> {
    const used = tokenOf(one);
    const named = random() < 0.8 ? one.user : pick(USERS);
    const { hasEnded } = one;
    const headers = { 'x-api-key': '', authorization: `Bearer ${used?.token}` };
    // Every user's identity has the same address: only the cache's own names keep them apart.
    const path = random() < 0.5 ? `/users/${named}/wants` : '/oauth/identity';
    const reply = await askGateway(proxy, call('GET', path, { headers }));
    const { status, json } = reply;
    count(`read ${status}`);
    count(`cache ${reply.headers['x-cache']}`);
    if (status === 401 && random() < 0.5) await refresh(one);
    if (status !== 200) return;
    const { owner } = json as { owner: string };
    if (owner !== one.user) broken.push(`${one.user} sees what is ${owner}'s`);
    if (hasEnded) broken.push('an ended grant reads');
    if (clock.ms - (used?.issuedAt ?? 0) > 3_601_000) broken.push('an expired token reads');
  }

  async function write(one: Held): Promise<void> {
    releases += 1;
    asked.set(releases, one);
    const { hasEnded } = one;
    const named = random() < 0.8 ? one.user : pick(USERS);
    const headers = { 'x-api-key': '', authorization: `Bearer ${tokenOf(one)?.token}` };
    const target = `/users/${named}/wants/${releases}`;
    const { status } = await askGateway(proxy, call('PUT', target, { headers }));
    count(`write ${status}`);
    if (status === 201 && hasEnded) broken.push('an ended grant writes');
  }

  async function refresh(one: Held): Promise<void> {
    const isOld = random() < 0.05 && one.refresh.length > 2;
    const given = (isOld ? one.refresh[0] : one.refresh.at(-1)) ?? '';
    const { hasEnded } = one;
    const times = random() < 0.2 ? 5 : 1;
    const replies = await Promise.all(
      Array.from({ length: times }, () => world.token(world.refreshForm(given))),
    );
    const good = replies.filter(({ status }) => status === 200).map(world.tokensOf);
    count(`refresh ${good.length === 0 ? replies[0]?.status : 200}`);
    if (new Set(good.map((tokens) => JSON.stringify(tokens))).size > 1)
      broken.push('two outcomes of one refresh');
    if (good.length > 0 && (hasEnded || isOld)) broken.push('an ended or old refresh token is good');
    if (replies.some(isEnd)) one.hasEnded = true;
    if (replies.some(({ status }) => status === 400) && random() < 0.5) forget(one);
    const [tokens] = good;
    // Now and then the answer is lost, and the app tries again with what it has.
    if (!tokens || random() < 0.1) return;
    one.access.push(issued(tokens));
    one.refresh.push(tokens.refresh);
  }

  const isEnd = ({ json }: Reply): boolean =>
    String(json['error_description']).includes('the grant has ended');

  async function revoke(one: Held): Promise<void> {
    const form = { client_id: APP_REQUEST.client_id, token: one.refresh.at(-1) ?? '' };
    const { status } = await world.ask('POST', 'revoke', { form });
    count(`revoke ${status}`);
    if (status === 200) one.hasEnded = true;
  }

  /** A token that was put together from two, or from nothing, opens nothing. */
  async function forge(one: Held): Promise<void> {
    const [, id = ''] = one.access[0]?.token.split('_') ?? [];
    const [, , secret = ''] = pick(held).access.at(-1)?.token.split('_') ?? [];
    const token = `daa_${id}_${random() < 0.5 ? [...secret].reverse().join('') : secret}`;
    if (held.some(({ access }) => access.some((known) => known.token === token))) return;
    const headers = { 'x-api-key': '', authorization: `Bearer ${token}` };
    const { status } = await askGateway(proxy, call('GET', `/users/${one.user}/wants`, { headers }));
    count(`forged ${status}`);
    if (status === 200) broken.push('a forged token reads');
  }

  async function step(): Promise<void> {
    const dice = random();
    const one = pick(held);
    if (dice < 0.6) return read(one);
    if (dice < 0.8) return write(one);
    if (dice < 0.95) return refresh(one);
    if (dice < 0.96) return revoke(one);
    if (dice < 0.998) return forge(one);
    discogs.withdraw(pick(USERS));
  }

  /** Faults come and go by themselves: mostly there are none. */
  function weather(): void {
    const dice = random();
    if (dice < 0.02) discogs.failing.accessToken = random() < 0.2 ? { kind: 'unreachable' } : undefined;
    else if (dice < 0.04) discogs.failing.identity = random() < 0.2 ? { kind: 'timeout' } : undefined;
    else if (dice < 0.06) isStoreFaulty = random() < 0.2;
    else if (dice < 0.08) discogs.fault = () => (random() < 0.02 ? answer(500, {}) : undefined);
  }

  for (let steps = 0; steps < STEPS; steps += 1) {
    weather();
    // One person at a time sits at Discogs' page; everything else may happen at once.
    if (held.length < 4 ? random() < 0.5 || held.length === 0 : random() < 0.03) await signIn();
    else await Promise.all(Array.from({ length: random() < 0.3 ? 3 : 1 }, step));
    // Sometimes so little time passes that what was read for one user is still cached when the other one asks.
    steadyMs += random() < 0.3 ? 1000 : 20_000;
    const dice = random();
    // Mostly seconds pass, now and then the time of a retry, of an access token, or of a clock that is set back.
    clock.ms += dice < 0.9 ? 15_000 : dice < 0.97 ? 61_000 : dice < 0.98 ? 3_700_000 : -90_000;
  }

  for (const { owner, releaseId } of discogs.writes) {
    const writer = asked.get(releaseId);
    if (writer?.user !== owner) broken.push(`${writer?.user} writes as ${owner}`);
    if (!writer?.mayWrite) broken.push('an app writes without the right to');
  }
  expect(broken).toEqual([]);
  // A run in which nothing happens proves nothing.
  const expected = [
    'sign-in',
    'sign-in failed',
    'read 200',
    'read 401',
    'read 403',
    'read 503',
    'cache hit',
    'write 201',
    'write 403',
  ];
  expect(Object.keys(seen)).toEqual(
    expect.arrayContaining([
      ...expected,
      'refresh 200',
      'refresh 400',
      'refresh 503',
      'revoke 200',
      'forged 401',
    ]),
  );
}, 900_000);
