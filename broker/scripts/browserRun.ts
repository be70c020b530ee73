/**
 * Signs in with a headless Chromium, through the Worker in workerd and the sandbox: confirm, consent, approve, deny, and
 * somebody with a browser of his own who wants to be signed in as somebody else. Broker and sandbox are two sites.
 * `--install` fetches a missing Chromium with apt-get where this is root; `--write` renews the pictures in docs/images.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openPage, type Page } from '../../scripts/checks/browser/devTools.ts';
import { findChromium } from '../../scripts/checks/browser/findChromium.ts';
import { type BrokerHere, startBroker } from '../test/support/brokerHere.ts';
import { tlsFront } from '../test/support/tlsFront.ts';

const { values } = parseArgs({
  options: { install: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const PICTURES = new URL(values.write ? '../../docs/images/' : '../dist/', import.meta.url);

const DESK = { width: 760, height: 560 };
const PHONE = { width: 390, height: 700 };
type Screen = typeof DESK;

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
  console.log(`ok: ${what}`);
}

async function look(page: Page, screen: Screen, scheme: 'light' | 'dark'): Promise<void> {
  await page.command('Emulation.setDeviceMetricsOverride', {
    ...screen,
    deviceScaleFactor: 1,
    mobile: screen === PHONE,
  });
  const features = [{ name: 'prefers-color-scheme', value: scheme }];
  await page.command('Emulation.setEmulatedMedia', { features });
}

async function picture(page: Page, name: string): Promise<void> {
  const { data } = await page.command('Page.captureScreenshot', { format: 'png' });
  await mkdir(PICTURES, { recursive: true });
  await writeFile(new URL(`broker-${name}.png`, PICTURES), Buffer.from(String(data), 'base64'));
}

const headed = (page: Page, title: string): Promise<void> =>
  page.until(
    `document.readyState === 'complete' && document.querySelector('h1')?.textContent === '${title}'`,
  );

/** As people without a mouse do: to the first thing that can be chosen, and choose it. */
async function chooseByKeyboard(page: Page): Promise<void> {
  for (const [key, code] of [
    ['Tab', 9],
    ['Enter', 13],
  ] as const) {
    const keys = { key, code: key, windowsVirtualKeyCode: code, ...(key === 'Enter' ? { text: '\r' } : {}) };
    await page.command('Input.dispatchKeyEvent', { type: 'keyDown', ...keys });
    await page.command('Input.dispatchKeyEvent', { type: 'keyUp', ...keys });
  }
}

const CONFIRM = 'Link an app to your Discogs account?';
const CONSENT = 'Authorize Sandbox application';

async function goToConsent(page: Page, authUrl: string): Promise<void> {
  await page.command('Page.navigate', { url: authUrl });
  await headed(page, CONFIRM);
  await chooseByKeyboard(page);
  await headed(page, CONSENT);
}

const decide = (page: Page, decision: 'approve' | 'deny') =>
  page.value(`document.querySelector('button[value="${decision}"]').click()`);

async function reloadsAsLinked(page: Page, when: string): Promise<void> {
  await page.value(`document.querySelector('h1').textContent = 'not reloaded yet'`);
  await page.command('Page.reload');
  await headed(page, 'Discogs linked');
  check(true, `tells who reloads the last page that all is done, ${when}`);
}

async function approve(page: Page, { app }: BrokerHere): Promise<void> {
  const pair = await app.start();
  await look(page, DESK, 'light');
  await page.command('Page.navigate', { url: pair.auth_url });
  await headed(page, CONFIRM);
  check(
    String(await page.value('document.body.innerText')).includes(pair.device_id.slice(0, 8)),
    'asks before it goes to Discogs, and says for which device',
  );
  await picture(page, 'confirm');
  await look(page, { width: 320, height: 700 }, 'light');
  const overflow = await page.value('document.documentElement.scrollWidth - innerWidth');
  check(Number(overflow) <= 0, 'fits a narrow screen');
  await look(page, DESK, 'light');
  await chooseByKeyboard(page);
  await headed(page, CONSENT);
  check(true, 'goes on to Discogs by keyboard alone');
  check((await page.value('document.referrer')) === '', 'does not tell Discogs the address of the link');
  await decide(page, 'approve');
  await headed(page, 'Discogs linked');
  await picture(page, 'linked');
  const { json } = await app.status(pair);
  check(json?.['status'] === 'authorized', 'links the account');
  await reloadsAsLinked(page, 'before the app has finalized');
  const finalized = await app.finalize(pair);
  const found = await app.search(String(finalized.json?.['session_token']));
  check(found.json?.['match_quality'] === 'exact', 'lets the app search');
  await reloadsAsLinked(page, 'and after');
  await page.command('Page.navigate', { url: pair.auth_url });
  await headed(page, 'Already linked');
  check(true, 'says so when the link is opened again');
}

async function deny(page: Page, { app }: BrokerHere): Promise<void> {
  const pair = await app.start();
  await look(page, PHONE, 'light');
  await page.command('Page.navigate', { url: pair.auth_url });
  await headed(page, CONFIRM);
  await picture(page, 'confirm-phone');
  await goToConsent(page, pair.auth_url);
  await look(page, PHONE, 'dark');
  await decide(page, 'deny');
  await page.until(`document.body.innerText.includes('Nothing was linked')`);
  await picture(page, 'denied-phone-dark');
  const { json } = await app.status(pair);
  check(json?.['status'] === 'expired', "takes the user's no");
}

const says = (page: Page, text: string): Promise<void> =>
  page.until(
    `document.readyState === 'complete' && document.body.innerText.includes(${JSON.stringify(text)})`,
  );

/** Two profiles: his own, and that of somebody whom he sends what he has loaded. */
async function attack(attacker: Page, victim: Page, { app, sandbox }: BrokerHere): Promise<void> {
  const asked = (path: string) => sandbox.requests.filter((request) => request.path === path).length;
  const pair = await app.start();
  await look(victim, PHONE, 'light');
  await attacker.command('Page.navigate', { url: pair.auth_url });
  await headed(attacker, CONFIRM);
  const confirmed = String(await attacker.value(`document.querySelector('a.go').href`));
  await victim.command('Page.navigate', { url: confirmed });
  await says(victim, 'The question was answered in another browser');
  check(true, 'asks the victim of a confirmed link again, and says why');

  await goToConsent(attacker, pair.auth_url);
  const consent = String(await attacker.value('location.href'));
  await victim.command('Page.navigate', { url: consent });
  await headed(victim, CONSENT);
  await decide(victim, 'approve');
  await says(victim, 'Nobody has confirmed this sign-in in this browser.');
  await picture(victim, 'other-browser-phone');
  check(asked('/oauth/access_token') === 0, 'does not spend the verifier of a victim of a consent address');
  check((await app.status(pair)).json?.['status'] === 'pending', 'links nothing');
  check((await app.finalize(pair)).status === 409, 'gives the attacker no session');

  const before = asked('/oauth/request_token');
  // Of any other site; the page cannot read what comes of it.
  await victim.command('Page.navigate', { url: `${sandbox.url}/nowhere` });
  await victim.until(`document.readyState === 'complete'`);
  await victim.value(`
    const url = ${JSON.stringify(pair.auth_url)};
    const image = new Promise((resolve) => { const img = new Image(); img.onerror = img.onload = resolve; img.src = url; });
    const script = fetch(url, { mode: 'no-cors', credentials: 'include' }).then(String, String);
    Promise.all([image, script]).then(([, said]) => { document.title = 'loaded ' + said; });
  `);
  await victim.until(`document.title === 'loaded [object Response]'`);
  check(asked('/oauth/request_token') === before, 'goes nowhere for an image or a script of another site');

  // The same person, whose sign-in went from one browser to another.
  await attacker.command('Page.navigate', { url: pair.auth_url });
  await goToConsent(attacker, pair.auth_url);
  await victim.command('Page.navigate', { url: String(await attacker.value('location.href')) });
  await headed(victim, CONSENT);
  await decide(victim, 'approve');
  await headed(victim, 'Auth failed');
  await chooseByKeyboard(victim);
  await headed(victim, CONFIRM);
  await chooseByKeyboard(victim);
  await headed(victim, CONSENT);
  await decide(victim, 'approve');
  await headed(victim, 'Discogs linked');
  check((await app.finalize(pair)).status === 200, 'lets who started it go on in the other browser');
  const { cookies } = await victim.command('Network.getCookies', { urls: [pair.auth_url] });
  const [cookie, ...others] = Array.isArray(cookies) ? cookies : [];
  const { name, httpOnly, secure, sameSite, path } = Object(cookie);
  check(
    JSON.stringify([name, httpOnly, secure, sameSite, path, others.length]) ===
      JSON.stringify(['__Host-broker-browser', true, true, 'Lax', '/', 0]),
    'keeps one cookie, out of reach of scripts and other sites',
  );
}

/** Over plain http, as for local work. */
async function approveLocally(page: Page): Promise<void> {
  const local = await startBroker();
  try {
    const pair = await local.app.start();
    await goToConsent(page, pair.auth_url);
    await decide(page, 'approve');
    await headed(page, 'Discogs linked');
    check((await local.app.finalize(pair)).status === 200, 'signs in over plain http on this machine');
  } finally {
    await local.close();
  }
}

const chromium = await findChromium(values.install);
if (chromium === undefined) {
  console.log("SKIPPED: the broker's pages were not tried, there is no Chromium here");
  // CI counts this code as skipped.
  process.exit(77);
}
const front = await tlsFront('broker.example');
const broker = await startBroker({ BROKER_PUBLIC_BASE_URL: front.url });
front.leadTo(broker.url);
const flags = ['--ignore-certificate-errors', '--host-resolver-rules=MAP *.example 127.0.0.1'];
const pages: Page[] = [];
async function open(): Promise<Page> {
  const page = await openPage(chromium ?? '', flags);
  pages.push(page);
  return page;
}
try {
  const [page, attacker] = [await open(), await open()];
  await attack(attacker, page, broker);
  await approve(page, broker);
  await deny(page, broker);
  await approveLocally(page);
  // Chromium notes these itself: the denied consent, the page for another browser, and the other site.
  const complaints = pages
    .flatMap((each) => each.complaints)
    .filter((complaint) => !/status of 40[034]/.test(complaint));
  check(complaints.length === 0, `breaks no rule of its policy ${complaints.join(' ')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await Promise.all(pages.map((each) => each.close()));
  await broker.close();
  front.close();
}
