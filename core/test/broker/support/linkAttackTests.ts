/**
 * Somebody who wants to search as somebody else: he begins a sign-in of his own and has another person consent. Two
 * browsers are two cookie jars. Each host of the broker is put through this over its own HTTP.
 */
import { describe, expect, it } from '@jest/globals';
import { type CookieJar, cookieJar } from '../../support/cookieJar.ts';

/** One answer. */
export interface Visited {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/** A sign-in that an app has begun. */
export interface BegunSignIn {
  readonly link: string;
  /** The word of the status route. */
  status(): Promise<unknown>;
  /** The HTTP status of finalize. */
  finalize(): Promise<number>;
}

/** A broker in front of a Discogs, as an app, browsers and programs meet it. */
export interface AttackedBroker {
  start(): Promise<BegunSignIn>;
  /** A GET with the cookies of `jar`, which keeps what is set. */
  visit(address: string, jar: CookieJar, headers: Readonly<Record<string, string>>): Promise<Visited>;
  /** Somebody says yes on Discogs' page; where Discogs sends the browser. */
  consent(authorizeUrl: string): Promise<string>;
  /** How many verifiers Discogs was asked to take. */
  exchanges(): number;
}

const NAVIGATION = { 'sec-fetch-mode': 'navigate', accept: 'text/html,*/*;q=0.8' };
const PROGRAM = { accept: '*/*' };

const titleOf = ({ text }: Visited): string => /<h1>([^<]*)/.exec(text)?.[1] ?? '';
const nextOf = ({ text }: Visited, address: string): string =>
  new URL(
    /<a class="go"[^>]* href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? 'nowhere:',
    address,
  ).href;
const locationOf = ({ headers }: Visited): string => headers.get('location') ?? '';

/** Registers the tests; `open` gives a broker, the same one each time or a new one. */
export function linkAttackTests(open: () => Promise<AttackedBroker>): void {
  async function world() {
    const broker = await open();
    const attacker = cookieJar();
    const victim = cookieJar();
    const browse = (address: string, jar: CookieJar) => broker.visit(address, jar, NAVIGATION);
    /** The address behind "Continue". */
    const confirmed = async (link: string, jar: CookieJar) => nextOf(await browse(link, jar), link);
    /** Discogs' page, reached by a browser. */
    const authorize = async (link: string, jar: CookieJar) =>
      locationOf(await browse(await confirmed(link, jar), jar));
    /** The whole way in one browser. */
    const signIn = async (link: string, jar: CookieJar) =>
      browse(await broker.consent(await authorize(link, jar)), jar);
    return { broker, attacker, victim, browse, confirmed, authorize, signIn };
  }

  /** The victim comes back from Discogs by `callback`: nothing may come of it. */
  async function expectRefusal(
    { broker, victim, browse }: Awaited<ReturnType<typeof world>>,
    { status, finalize }: BegunSignIn,
    callback: string,
  ): Promise<Visited> {
    const before = broker.exchanges();
    const page = await browse(callback, victim);
    expect([page.status, titleOf(page)]).toEqual([403, 'Auth failed']);
    expect(page.text).toContain('Nobody has confirmed this sign-in in this browser.');
    expect(page.text).toContain('Nothing was linked.');
    expect(page.text).toContain('Did somebody send you a link? Then close this page');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect([broker.exchanges() - before, await status(), await finalize()]).toEqual([0, 'pending', 409]);
    return page;
  }

  describe('a link that somebody else has sent', () => {
    it('asks again where another browser has confirmed it, and says why', async () => {
      const { broker, attacker, victim, browse, confirmed } = await world();
      const { link } = await broker.start();
      const sent = await confirmed(link, attacker);
      for (const visit of [1, 2]) {
        const page = await browse(sent, victim);
        expect([visit, page.status, titleOf(page)]).toEqual([
          visit,
          200,
          'Link an app to your Discogs account?',
        ]);
        expect(page.text).toContain('The question was answered in another browser, or too long ago');
        expect(page.headers.get('location')).toBeNull();
      }
      expect((await browse(link, victim)).text).not.toContain('was answered in another browser');
    });

    it("links nothing when it is Discogs' address, taken by a program", async () => {
      const here = await world();
      const mine = await here.broker.start();
      const taken = locationOf(await here.broker.visit(mine.link, here.attacker, PROGRAM));
      await expectRefusal(here, mine, await here.broker.consent(taken));
    });

    it("links nothing when it is Discogs' address, taken from a browser, and the victim has a cookie", async () => {
      const here = await world();
      const [mine, theirs] = [await here.broker.start(), await here.broker.start()];
      expect(titleOf(await here.signIn(theirs.link, here.victim))).toBe('Discogs linked');
      const taken = await here.authorize(mine.link, here.attacker);
      await expectRefusal(here, mine, await here.broker.consent(taken));
      expect(await theirs.finalize()).toBe(200);
    });

    it('links nothing by a callback without a proof, or with one of another session', async () => {
      const here = await world();
      const [mine, theirs] = [await here.broker.start(), await here.broker.start()];
      const own = new URL(await here.broker.consent(await here.authorize(theirs.link, here.victim)));
      const address = new URL(await here.broker.consent(await here.authorize(mine.link, here.attacker)));
      for (const proof of [null, '', own.searchParams.get('browser')]) {
        if (proof === null) address.searchParams.delete('browser');
        else address.searchParams.set('browser', proof);
        await expectRefusal(here, mine, address.href);
      }
    });

    it.each([
      [{ 'sec-fetch-mode': 'no-cors', accept: 'image/avif,*/*;q=0.8' }],
      [{ 'sec-fetch-mode': 'cors', accept: '*/*' }],
      [{ accept: 'text/html' }],
    ])('goes nowhere from within a page: %j', async (headers) => {
      const { broker, victim } = await world();
      const { link } = await broker.start();
      const { status, headers: sent } = await broker.visit(link, victim, headers);
      expect([status, sent.get('location')]).toEqual([200, null]);
    });

    it('lets nobody in after somebody else has signed in by it, and spends nothing for that', async () => {
      const { broker, attacker, victim, authorize, browse, signIn } = await world();
      const mine = await broker.start();
      const callback = await broker.consent(await authorize(mine.link, victim));
      expect(titleOf(await signIn(mine.link, attacker))).toBe('Discogs linked');
      const before = broker.exchanges();
      const page = await browse(callback, victim);
      expect([page.status, titleOf(page), broker.exchanges()]).toEqual([409, 'Auth failed', before]);
      expect(page.text).toContain('This device was linked before, in another browser.');
      expect(titleOf(await browse(mine.link, victim))).toBe('Already linked');
    });
  });

  describe('a person whose sign-in goes from one browser to another', () => {
    it('is told so, and starts over in the other one', async () => {
      const here = await world();
      const { broker, browse, signIn } = here;
      const mine = await broker.start();
      const inApp = cookieJar();
      const callback = await broker.consent(await here.authorize(mine.link, inApp));
      const page = await expectRefusal(here, mine, callback);
      expect(page.text).toContain('Then start over here, with cookies on.');
      expect(titleOf(await signIn(nextOf(page, callback), here.victim))).toBe('Discogs linked');
      expect(titleOf(await browse(callback, here.victim))).toBe('Discogs linked');
      expect(await mine.finalize()).toBe(200);
    });

    it('goes on in the first one, whose verifier nobody has spent', async () => {
      const here = await world();
      const mine = await here.broker.start();
      const first = cookieJar();
      const callback = await here.broker.consent(await here.authorize(mine.link, first));
      await expectRefusal(here, mine, callback);
      expect(titleOf(await here.browse(callback, first))).toBe('Discogs linked');
      expect(titleOf(await here.browse(callback, first))).toBe('Discogs linked');
      expect(await mine.finalize()).toBe(200);
      expect(titleOf(await here.browse(callback, first))).toBe('Discogs linked');
    });
  });

  describe('a program', () => {
    it('goes to Discogs at once, and links with the cookie that it was given', async () => {
      const { broker, attacker: own } = await world();
      const mine = await broker.start();
      const found = await broker.visit(mine.link, own, PROGRAM);
      expect([found.status, found.text]).toEqual([302, '']);
      const callback = await broker.consent(locationOf(found));
      expect(titleOf(await broker.visit(callback, own, PROGRAM))).toBe('Discogs linked');
      expect(await mine.finalize()).toBe(200);
    });
  });

  describe('the cookie', () => {
    it('is one for a browser, is out of reach of scripts and other sites, and its page is not stored', async () => {
      const { broker, victim, browse } = await world();
      const { link } = await broker.start();
      const first = await browse(link, victim);
      const again = await browse((await broker.start()).link, victim);
      const [set, repeated] = [first, again].map(({ headers }) => headers.get('set-cookie') ?? '');
      expect(set).toMatch(
        link.startsWith('https:')
          ? /^__Host-broker-browser=[0-9a-f]{64}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/
          : /^broker-browser=[0-9a-f]{64}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
      );
      expect(repeated).toBe(set);
      expect(first.headers.get('cache-control')).toBe('no-store');
    });
  });
}
