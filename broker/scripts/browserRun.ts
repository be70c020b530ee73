/**
 * Signs in with a headless Chromium, through the Worker in workerd and the sandbox: confirm, consent, approve, deny.
 * `--install` fetches a missing Chromium with apt-get where this is root; `--write` renews the pictures in docs/images.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openPage, type Page } from '../../scripts/browser/devTools.ts';
import { findChromium } from '../../scripts/browser/findChromium.ts';
import { type BrokerHere, startBroker } from '../test/support/brokerHere.ts';

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
  await page.command('Page.reload');
  await page.until(`document.body.innerText.includes('return to your app')`);
  check(true, 'tells who reloads the last page that all is done');
  const finalized = await app.finalize(pair);
  const found = await app.search(String(finalized.json?.['session_token']));
  check(found.json?.['match_quality'] === 'exact', 'lets the app search');
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

const chromium = await findChromium(values.install);
if (chromium === undefined) {
  console.log("SKIPPED: the broker's pages were not tried, there is no Chromium here");
  // CI counts this code as skipped.
  process.exit(77);
}
const broker = await startBroker();
try {
  const page = await openPage(chromium);
  try {
    await approve(page, broker);
    await deny(page, broker);
    // Chromium notes the two pages with status 400 itself: the reloaded callback and the denied consent.
    const complaints = page.complaints.filter((complaint) => !complaint.includes('status of 400'));
    check(complaints.length === 0, `breaks no rule of its policy ${complaints.join(' ')}`);
  } finally {
    await page.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await broker.close();
}
