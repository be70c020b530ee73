/**
 * Signs a user in with a headless Chromium that presses the buttons, from an app to a call that changes the user's
 * wantlist, against the built app in front of the sandbox; then ends the app's access. Takes pictures of the pages.
 * `--install` fetches a missing Chromium with apt-get where this is root.
 */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import {
  SANDBOX_CONSUMER_KEY,
  SANDBOX_CONSUMER_SECRET,
  SANDBOX_USERNAME,
  startSandbox,
} from '@discogs-agent/sandbox';
import { startLocalHost } from '../../az-function/local/localHost.ts';
import { loadApp } from '../../az-function/local/worker.ts';
import { APP_DIRECTORY, buildApp } from '../build/build.ts';
import { openPage, type Page } from './browser/devTools.ts';
import { findChromium } from './browser/findChromium.ts';
import { check, fits, picture, resize } from './browser/trying.ts';

const CLIENT_ID = 'app-of-the-page';
const bodyText = 'document.body.innerText';
const isAt = (path: string) => `location.pathname === '${path}' && document.readyState === 'complete'`;
const press = (page: Page, value: string) =>
  page.value(`document.querySelector('button[value="${value}"]').click()`);

/** The app: it waits for its code. */
async function startApp() {
  const codes: URLSearchParams[] = [];
  const server = createServer(({ url = '' }, response) => {
    codes.push(new URL(url, 'http://app').searchParams);
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>App</title>Back in the app');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  return { codes, redirectUri, close: () => server.close() };
}

/** From the app's link to the page that asks; the user says yes at Discogs. */
async function toQuestion(page: Page, address: string, path: string): Promise<void> {
  await page.command('Page.navigate', { url: address });
  await page.until(isAt('/oauth/authorize'));
  await press(page, 'approve');
  await page.until(isAt(path));
}

async function tryPages(page: Page, base: string, app: Awaited<ReturnType<typeof startApp>>): Promise<void> {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT_ID,
    redirect_uri: app.redirectUri,
    scope: 'read collection:write',
    state: 'state-of-the-app',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  await resize(page, 900, 760);
  await toQuestion(page, `${base}/authorize?${query}`, '/api/authorize/consent');
  const text = String(await page.value(bodyText));
  check(text.includes(SANDBOX_USERNAME), 'says who the user is at Discogs');
  check(text.includes('a program on this computer'), 'says who asks');
  check(text.includes('Change your collection'), 'says for what');
  check((await page.value('document.scripts.length')) === 0, 'has no script');
  check(
    !String(await page.value('location.href')).includes('verifier'),
    'has no secret of Discogs in its address',
  );
  await picture(page, 'sign-in-consent.png', 'light');
  await resize(page, 320, 800);
  check(await fits(page), 'fits a narrow screen');
  await picture(page, 'sign-in-consent-phone-dark.png', 'dark');

  await press(page, 'allow');
  await page.until(isAt('/callback'));
  const [answer] = app.codes;
  check(answer?.get('state') === 'state-of-the-app', 'leads back to the app with its state');
  const tokens = await fetch(`${base}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      redirect_uri: app.redirectUri,
      code: answer?.get('code') ?? '',
      code_verifier: verifier,
    }),
  });
  const { access_token } = (await tokens.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}`, 'cache-control': 'no-cache' };
  const want = `${base}/users/${SANDBOX_USERNAME}/wants/249504`;
  check((await fetch(want, { method: 'PUT', headers })).status === 201, 'changes the wantlist');

  await resize(page, 900, 760);
  await toQuestion(page, `${base}/grants`, '/api/grants');
  check(String(await page.value(bodyText)).includes('read, collection:write'), 'shows what was allowed');
  await picture(page, 'sign-in-grants.png', 'light');
  await press(page, 'end');
  await page.until(`${bodyText}.includes('No app has access')`);
  check((await fetch(`${base}/oauth/identity`, { headers })).status === 401, 'ends it at once');
  check(page.complaints.length === 0, `breaks no rule of its policy ${page.complaints.join(' ')}`);
}

const { values } = parseArgs({ options: { install: { type: 'boolean', default: false } } });
const chromium = await findChromium(values.install);
if (chromium === undefined) {
  console.log('SKIPPED: the pages of the sign-in were not tried, there is no Chromium here');
  // CI counts this code as skipped.
  process.exit(77);
}
await buildApp();
const [sandbox, app] = [await startSandbox(), await startApp()];
const functions = await loadApp({
  directory: APP_DIRECTORY,
  environment: {
    DISCOGS_API_BASE_URL: sandbox.url,
    DISCOGS_WEB_BASE_URL: sandbox.url,
    DISCOGS_CONSUMER_KEY: SANDBOX_CONSUMER_KEY,
    DISCOGS_CONSUMER_SECRET: SANDBOX_CONSUMER_SECRET,
    SIGN_IN: 'true',
    SIGN_IN_CLIENTS: JSON.stringify([{ client_id: CLIENT_ID, redirect_uris: [app.redirectUri] }]),
  },
  log: () => {},
});
const host = await startLocalHost(functions, 0);
try {
  const page = await openPage(chromium);
  try {
    await tryPages(page, `${host.url}/api`, app);
  } finally {
    await page.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  app.close();
  await Promise.all([host.close(), sandbox.close()]);
}
