/**
 * Signs a user in with a headless Chromium that presses the buttons: oauth4webapi as the app, the built app in front of the
 * sandbox, from the app's link to calls that change the user's wantlist; then ends the app's access. Takes pictures.
 * `--install` fetches a missing Chromium with apt-get where this is root.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { SANDBOX_USERNAME } from '@discogs-agent/sandbox';
import { startClientGateway } from '../clients/gateway.ts';
import { SIGN_IN_CLIENTS, signInVariables } from '../clients/signIn.ts';
import { installTool } from '../programs/installTool.ts';
import type { Page } from './browser/devTools.ts';
import { findChromium } from './browser/findChromium.ts';
import { check, fits, inPage, picture, resize } from './browser/trying.ts';

const bodyText = 'document.body.innerText';
const isAt = (path: string) => `location.pathname === '${path}' && document.readyState === 'complete'`;
const press = (page: Page, value: string) =>
  page.value(`document.querySelector('button[value="${value}"]').click()`);

function skip(why: string): never {
  console.log(`SKIPPED: the pages of the sign-in were not tried: ${why}`);
  // CI counts this code as skipped.
  process.exit(77);
}

/** The app on this computer: what the browser brings it. Like many, it goes on to a page at another origin. */
async function startApp() {
  const visits: string[] = [];
  const server = createServer(({ url = '', headers: { host = '' } }, response) => {
    visits.push(url);
    if (url.startsWith('/callback')) {
      const location = `http://${host.replace('127.0.0.1', 'localhost')}/done`;
      response.writeHead(302, { location }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>App</title>Back in the app');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the app has no port');
  return {
    redirectUri: `http://127.0.0.1:${address.port}/callback`,
    lastVisit: () => visits.findLast((url) => url.startsWith('/callback')) ?? '',
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** From a link to the page that asks; the user says yes at Discogs. */
async function toQuestion(page: Page, address: string, path: string): Promise<void> {
  await page.command('Page.navigate', { url: address });
  await page.until(isAt('/oauth/authorize'));
  check((await page.value('document.referrer')) === '', 'Discogs is not told where its user comes from');
  await press(page, 'approve');
  await page.until(isAt(path));
}

async function consent(page: Page, authorization: URL): Promise<void> {
  await resize(page, 900, 760);
  await toQuestion(page, authorization.href, '/api/authorize/consent');
  const text = String(await page.value(bodyText));
  check(text.includes(SANDBOX_USERNAME), 'the page says who the user is at Discogs');
  check(text.includes('a program on this computer'), 'says who asks');
  check(/wantlist/.test(text) && !/Sell for you/.test(text), 'says for what, and no more than is asked');
  check((await page.value('document.scripts.length')) === 0, 'has no script');
  const address = String(await page.value('location.href'));
  check(!/verifier|token/.test(address), 'has no secret of Discogs in its address');
  await picture(page, 'sign-in-consent.png', 'light');
  await resize(page, 320, 800);
  check(await fits(page), 'fits a narrow screen');
  await resize(page, 390, 900);
  await picture(page, 'sign-in-consent-phone-dark.png', 'dark');
  await press(page, 'allow');
  await page.until(`${bodyText} === 'Back in the app'`);
}

async function endGrant(page: Page, base: string): Promise<void> {
  await resize(page, 900, 760);
  await toQuestion(page, `${base}/grants`, '/api/grants');
  check(
    String(await page.value(bodyText)).includes('changes your collection and wantlist'),
    'shows what was allowed',
  );
  await picture(page, 'sign-in-grants.png', 'light');
  await resize(page, 320, 800);
  check(await fits(page), 'fits a narrow screen as well');
  await press(page, 'end');
  await page.until(`${bodyText}.includes('No app has access')`);
}

const { values } = parseArgs({ options: { install: { type: 'boolean', default: false } } });
const chromium = await findChromium(values.install);
if (chromium === undefined) skip('there is no Chromium here');
const tool = await installTool('clients');
if ('problem' in tool) skip(tool.problem);

const gateway = await startClientGateway('key-of-the-pages', false, signInVariables);
// The program of the client reads them, as it does where it runs by itself.
Object.assign(process.env, { GATEWAY_URL: gateway.url, SIGN_IN_CLIENTS });
const { signIn, useTokens, isRefused } = await import('../../tools/clients/oauth4webapi.mjs');
const app = await startApp();
await inPage(chromium, async (page) => {
  const open = async (authorization: URL): Promise<URL> => {
    await consent(page, authorization);
    return new URL(app.lastVisit(), app.redirectUri);
  };
  const client = { id: 'desktop-app', redirectUri: app.redirectUri };
  await useTokens(await signIn(open, client));
  const { tokens } = await signIn(open, client);
  await endGrant(page, gateway.url);
  check(await isRefused(tokens.access_token), 'the user ends the access at once');
  check(page.complaints.length === 0, `breaks no rule of its policy ${page.complaints.join(' ')}`);
});
app.close();
await gateway.close();
