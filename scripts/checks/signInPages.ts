/**
 * Signs in with a headless Chromium: the built app in front of the sandbox, and oauth4webapi as the app that asks.
 * `--install` fetches a missing Chromium with apt-get where this is root; `--write` renews the pictures in docs/images.
 */
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { startClientGateway } from '../clients/gateway.ts';
import { SIGN_IN_CLIENTS, signInVariables } from '../clients/signIn.ts';
import { installTool } from '../programs/installTool.ts';
import { openPage, type Page } from './browser/devTools.ts';
import { findChromium } from './browser/findChromium.ts';

const { values } = parseArgs({
  options: { install: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const PICTURES = new URL(values.write ? '../../docs/images/' : '../../dist/', import.meta.url);
const DESK = { width: 760, height: 720 };
const PHONE = { width: 390, height: 900 };
const CONSENT = 'Allow access to your Discogs account?';
const GRANTS = 'Apps with access to your Discogs account';
const AT_DISCOGS = 'Authorize Sandbox application';

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
  console.log(`ok: ${what}`);
}

function skip(why: string): never {
  console.log(`SKIPPED: nobody signed in with a browser: ${why}`);
  // CI counts this code as skipped.
  process.exit(77);
}

async function look(page: Page, screen: typeof DESK, scheme: 'light' | 'dark'): Promise<void> {
  const metrics = { ...screen, deviceScaleFactor: 1, mobile: screen === PHONE };
  await page.command('Emulation.setDeviceMetricsOverride', metrics);
  const features = [{ name: 'prefers-color-scheme', value: scheme }];
  await page.command('Emulation.setEmulatedMedia', { features });
}

async function picture(page: Page, name: string): Promise<void> {
  const { data } = await page.command('Page.captureScreenshot', { format: 'png' });
  await mkdir(PICTURES, { recursive: true });
  await writeFile(new URL(`sign-in-${name}.png`, PICTURES), Buffer.from(String(data), 'base64'));
}

const headed = (page: Page, title: string): Promise<void> =>
  page.until(
    `document.readyState === 'complete' && document.querySelector('h1')?.textContent === ${JSON.stringify(title)}`,
  );
const press = (page: Page, value: string) =>
  page.value(`document.querySelector('button[value="${value}"]').click()`);

async function fitsNarrowScreen(page: Page, what: string): Promise<void> {
  await look(page, { width: 320, height: 700 }, 'light');
  const overflow = await page.value('document.documentElement.scrollWidth - innerWidth');
  check(Number(overflow) <= 0, `${what} fits a narrow screen`);
}

/** From the app's address to the page that asks. */
async function toConsent(page: Page, authorization: URL): Promise<void> {
  await page.command('Page.navigate', { url: authorization.href });
  await headed(page, AT_DISCOGS);
  check((await page.value('document.referrer')) === '', 'Discogs is not told where its user comes from');
  await press(page, 'approve');
  await headed(page, CONSENT);
}

async function consent(page: Page, authorization: URL): Promise<void> {
  await toConsent(page, authorization);
  const text = String(await page.value('document.body.innerText'));
  check(text.includes('crate_digger'), 'says as whom');
  check(/this computer/.test(text), 'says that a program on this computer asks');
  check(/wantlist/.test(text) && !/Sell for you/.test(text), 'says what for, and no more than is asked');
  check((await page.value('document.scripts.length')) === 0, 'has no script');
  await fitsNarrowScreen(page, 'the question');
  await look(page, DESK, 'light');
  await picture(page, 'consent');
  await look(page, PHONE, 'dark');
  await picture(page, 'consent-phone-dark');
  await press(page, 'allow');
}

/** The app on this computer: what the browser brings it. */
async function openApp() {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.setHeader('content-type', 'text/html').end('<h1>Back in the app</h1>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the app has no port');
  return { server, visits, redirectUri: `http://127.0.0.1:${address.port}/callback` };
}

async function endGrant(page: Page, gatewayUrl: string): Promise<void> {
  await look(page, PHONE, 'light');
  await page.command('Page.navigate', { url: `${gatewayUrl}/grants` });
  await headed(page, AT_DISCOGS);
  await press(page, 'approve');
  await headed(page, GRANTS);
  await fitsNarrowScreen(page, 'the list of apps');
  await look(page, PHONE, 'dark');
  await picture(page, 'grants-phone-dark');
  await press(page, 'end');
  await page.until(`document.body.innerText.includes('No app has access')`);
  check(true, 'the user ends the access of the app');
}

const chromium = await findChromium(values.install);
if (chromium === undefined) skip('there is no Chromium here');
const tool = await installTool('clients');
if ('problem' in tool) skip(tool.problem);

const gateway = await startClientGateway('key-of-the-pages', false, signInVariables);
Object.assign(process.env, { GATEWAY_URL: gateway.url, SIGN_IN_CLIENTS });
const { signIn, useTokens, isRefused } = await import('../../tools/clients/oauth4webapi.mjs');
const app = await openApp();
try {
  const page = await openPage(chromium);
  try {
    const open = async (authorization: URL): Promise<URL> => {
      await consent(page, authorization);
      await headed(page, 'Back in the app');
      return new URL(app.visits.find((url) => url.startsWith('/callback')) ?? '', app.redirectUri);
    };
    const client = { id: 'desktop-app', redirectUri: app.redirectUri };
    await useTokens(await signIn(open, client));
    app.visits.length = 0;
    const second = await signIn(open, client);
    await endGrant(page, gateway.url);
    check(await isRefused(second.tokens.access_token), 'and its token opens nothing any more');
    check(page.complaints.length === 0, `breaks no rule of its policy ${page.complaints.join(' ')}`);
  } finally {
    await page.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  app.server.close();
  app.server.closeAllConnections();
  await gateway.close();
}
