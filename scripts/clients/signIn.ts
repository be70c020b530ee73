/** A gateway at which people sign in, and the apps that its owner has entered. */
import { SANDBOX_CONSUMER_KEY, SANDBOX_CONSUMER_SECRET, type Sandbox } from '@discogs-agent/sandbox';

const APPS = [
  { client_id: 'desktop-app', redirect_uris: ['http://127.0.0.1/callback'] },
  {
    client_id: 'web-app',
    client_secret: 'secret-of-the-web-app-0123456789abcdef',
    redirect_uris: ['https://app.example/callback'],
  },
  {
    client_id: 'chatgpt',
    client_secret: 'secret-of-the-action-0123456789abcdef',
    redirect_uris: ['https://chatgpt.com/aip/g-0123456789abcdef/oauth/callback'],
  },
];

/** For the programs, as for the app. */
export const SIGN_IN_CLIENTS = JSON.stringify(APPS);

/** No token of the gateway: whatever is written, is written for the user. */
export const signInVariables = (sandbox: Sandbox): Readonly<Record<string, string>> => ({
  SIGN_IN: 'true',
  SIGN_IN_CLIENTS,
  SIGN_IN_REGISTRATION: 'true',
  DISCOGS_CONSUMER_KEY: SANDBOX_CONSUMER_KEY,
  DISCOGS_CONSUMER_SECRET: SANDBOX_CONSUMER_SECRET,
  DISCOGS_WEB_BASE_URL: sandbox.url,
  DISCOGS_TOKEN: '',
});
