/**
 * Tries the status page and the page of operations in a headless Chromium, against the built app in front of the sandbox,
 * and takes their pictures.
 * `--install` fetches a missing Chromium with apt-get where this is root.
 */
import { parseArgs } from 'node:util';
import { catalog } from '@discogs-agent/core';
import { SANDBOX_TOKEN, startSandbox } from '@discogs-agent/sandbox';
import { startLocalHost } from '../../az-function/local/localHost.ts';
import { loadApp } from '../../az-function/local/worker.ts';
import { APP_DIRECTORY, buildApp } from '../build/build.ts';
import type { Page } from './browser/devTools.ts';
import { findChromium } from './browser/findChromium.ts';
import { check, fits, inPage, picture, resize } from './browser/trying.ts';

const KEY = 'key-of-the-page';

const text = (id: string) => `document.getElementById('${id}').textContent`;
const focusIsAt = (id: string) => `document.activeElement?.id === '${id}'`;

async function press(page: Page, key: string, code: number): Promise<void> {
  const keys = { key, code: key, windowsVirtualKeyCode: code, ...(key === 'Enter' ? { text: '\r' } : {}) };
  await page.command('Input.dispatchKeyEvent', { type: 'keyDown', ...keys });
  await page.command('Input.dispatchKeyEvent', { type: 'keyUp', ...keys });
}

async function type(page: Page, key: string): Promise<void> {
  await page.command('Input.insertText', { text: key });
  await press(page, 'Enter', 13);
}

async function tryPage(page: Page, base: string): Promise<void> {
  const ask = (path: string) => fetch(`${base}${path}`, { headers: { 'x-api-key': KEY } });
  await resize(page, 900, 800);
  await page.command('Page.navigate', { url: `${base}/status/page` });
  await page.until(`document.readyState === 'complete' && ${focusIsAt('key')}`);
  check(
    (await page.value(`document.getElementById('numbers').hidden`)) === true,
    'shows no numbers at first',
  );
  await picture(page, 'status-page-key.png', 'light');

  await type(page, 'a-wrong-key');
  await page.until(`${text('message')}.includes('key is wrong')`);
  check((await page.value(focusIsAt('key'))) === true, 'says that a key is wrong, and takes another at once');
  check((await page.value('sessionStorage.length')) === 0, 'keeps no wrong key');
  const refusals = page.complaints.length;

  await type(page, KEY);
  await page.until(`${text('remaining')} === '60' && ${text('breaker-state')} === 'Answers'`);
  check((await page.value(text('message'))) === '', 'shows the numbers for the right key');
  check((await page.value(text('upstream-kind'))) === 'Sandbox', 'says that this is not the real Discogs');

  for (const path of ['/artists/108713', '/artists/108713', '/releases/249504']) await ask(path);
  await page.until(`${text('remaining')} === '58'`);
  check((await page.value(text('hits'))) === '33.3 %', 'follows the numbers by itself');
  await picture(page, 'status-page-dark.png', 'dark');
  await picture(page, 'status-page.png', 'light');

  await resize(page, 320, 800);
  check(await fits(page), 'fits a narrow screen');
  await page.command('Page.reload');
  await page.until(`document.readyState === 'complete' && ${text('remaining')} === '58'`);
  check(
    (await page.value('localStorage.length + document.cookie.length')) === 0,
    'keeps the key for the tab only',
  );
  check((await page.value('location.href')) === `${base}/status/page`, 'has no key in its address');

  await page.value(`document.getElementById('forget').focus()`);
  await press(page, 'Enter', 13);
  await page.until(`${focusIsAt('key')} && document.getElementById('numbers').hidden`);
  check((await page.value('sessionStorage.length')) === 0, 'forgets the key when told');
  // Chromium itself notes the 401 of the wrong key.
  const complaints = page.complaints.slice(refusals);
  check(refusals <= 1 && complaints.length === 0, `breaks no rule of its policy ${complaints.join(' ')}`);
}

async function tryDocs(page: Page, base: string): Promise<void> {
  const before = page.complaints.length;
  await resize(page, 900, 800);
  await page.command('Page.navigate', { url: `${base}/docs` });
  await page.until(`document.readyState === 'complete' && location.pathname.endsWith('/docs')`);
  const text = String(await page.value('document.body.innerText'));
  const unnamed = catalog.filter(
    ({ method, path, inOpenApi }) => inOpenApi && !text.includes(`${method} ${path}`),
  );
  check(
    unnamed.length === 0,
    `the page of operations names each of them ${unnamed.map(({ id }) => id).join(' ')}`,
  );
  await picture(page, 'docs-page-dark.png', 'dark');
  await picture(page, 'docs-page.png', 'light');
  await resize(page, 320, 800);
  const overflow = await page.value('document.documentElement.scrollWidth - innerWidth');
  check(Number(overflow) <= 0, 'it fits a narrow screen');
  await picture(page, 'docs-page-narrow.png', 'light');
  const complaints = page.complaints.slice(before);
  check(complaints.length === 0, `it breaks no rule of its policy ${complaints.join(' ')}`);
}

const { values } = parseArgs({ options: { install: { type: 'boolean', default: false } } });
const chromium = await findChromium(values.install);
if (chromium === undefined) {
  console.log('SKIPPED: the status page was not tried, there is no Chromium here');
  // CI counts this code as skipped.
  process.exit(77);
}
await buildApp();
const sandbox = await startSandbox();
const functions = await loadApp({
  directory: APP_DIRECTORY,
  environment: { DISCOGS_API_BASE_URL: sandbox.url, DISCOGS_TOKEN: SANDBOX_TOKEN, X_API_KEY: KEY },
  log: () => {},
});
const host = await startLocalHost(functions, 0);
await inPage(chromium, async (page) => {
  await tryPage(page, `${host.url}/api`);
  await tryDocs(page, `${host.url}/api`);
});
await Promise.all([host.close(), sandbox.close()]);
