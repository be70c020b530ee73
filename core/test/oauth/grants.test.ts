/** The page on which a user sees and ends what they have allowed. */
import { describe, expect, it } from '@jest/globals';
import { harness } from './support/harness.ts';

async function toGrants(world: ReturnType<typeof harness>, jar = world.newJar()) {
  const sent = await world.ask('GET', 'grants', { jar });
  const back = world.approved(sent.location?.searchParams.get('oauth_token') ?? '');
  const returned = await world.ask('GET', back, { jar });
  return {
    jar,
    url: returned.location?.href ?? '',
    page: await world.ask('GET', returned.location?.href ?? '', { jar }),
  };
}

const fields = (html: string) =>
  [...html.matchAll(/<form .*?<\/form>/gs)].map(([form]) =>
    Object.fromEntries(
      [...form.matchAll(/ name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    ),
  );

describe('the page of grants', () => {
  it('shows what the user has allowed, and keeps no credential of its own', async () => {
    const world = harness();
    await world.signedIn();
    const { page } = await toGrants(world);
    expect(page.text).toContain('These apps use the account some_user');
    expect(page.text).toContain(
      'app.example: sees your account, changes your collection and wantlist; since 2027-01-15',
    );
    expect(fields(page.text)).toHaveLength(1);
  });

  it('ends one grant at once, and leaves the others', async () => {
    const world = harness();
    const first = await world.signedIn();
    world.passSeconds(10);
    const second = await world.signedIn();
    const { page, jar, url } = await toGrants(world);
    const [newest = {}] = fields(page.text);
    expect((await world.ask('POST', 'grants', { form: newest, jar })).location?.href).toBe(url);
    expect([await world.isGood(first.access), await world.isGood(second.access)]).toEqual([true, false]);
    expect(fields((await world.ask('GET', url, { jar })).text)).toHaveLength(1);
  });

  it('ends nothing of another user, whoever knows the id', async () => {
    const world = harness();
    const { access } = await world.signedIn();
    const own = await toGrants(world);
    const [victim = {}] = fields(own.page.text);
    Object.assign(world.discogs, { username: 'other_user', userId: 43 });
    await world.signedIn();
    const other = await toGrants(world);
    expect(other.page.text).not.toContain('some_user');
    const [form = {}] = fields(other.page.text);
    await world.ask('POST', 'grants', { form: { ...form, grant: String(victim['grant']) }, jar: other.jar });
    expect(await world.isGood(access)).toBe(true);
  });

  it('is shown to the browser in which the user signed in, and for ten minutes', async () => {
    const world = harness();
    const { url, jar, page } = await toGrants(world);
    expect(page.text).toContain('No app has access');
    expect((await world.ask('GET', url, { jar: world.newJar() })).status).toBe(403);
    world.passSeconds(600);
    expect((await world.ask('GET', url, { jar })).status).toBe(410);
  });

  it('takes nothing from a page of another site', async () => {
    const world = harness();
    const { access } = await world.signedIn();
    const { page, jar } = await toGrants(world);
    const [form = {}] = fields(page.text);
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await world.ask('POST', 'grants', { form, jar, headers })).status).toBe(403);
    expect(await world.isGood(access)).toBe(true);
  });

  it('cannot be used to answer for an app, nor an app’s request to see grants', async () => {
    const world = harness();
    const consent = await world.toConsent();
    const { request = '' } = world.answerOf(consent, 'allow');
    expect((await world.ask('GET', `grants?request=${request}`)).status).toBe(410);
    const { page, jar, url } = await toGrants(world);
    expect(page.status).toBe(200);
    const id = new URL(url).searchParams.get('request');
    expect((await world.ask('GET', `authorize/consent?request=${id}`, { jar })).status).toBe(410);
  });
});
