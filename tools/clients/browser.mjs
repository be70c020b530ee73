/** A browser without scripts, for programs that sign in: it keeps cookies, follows redirects, and presses buttons. */
import { request } from 'node:http';

const MAX_STEPS = 20;
/** The values of the buttons that say yes: at Discogs, at the gateway. */
const YES = /<button[^>]* name="decision" value="(approve|allow)"/;
const ENTITIES = { '&amp;': '&', '&quot;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>' };
const text = (html) => html.replace(/&(amp|quot|#39|lt|gt);/g, (entity) => ENTITIES[entity]);

function send({ url, body }, cookies) {
  const headers = {
    accept: 'text/html',
    'user-agent': 'Mozilla/5.0 (a browser without scripts)',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
    'sec-fetch-site': body === undefined ? 'cross-site' : 'same-origin',
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    // Pages that tell nobody where they lead have no origin, either.
    ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: body === undefined ? 'GET' : 'POST', headers }, (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({ headers: incoming.headers, html: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    outgoing.on('error', reject).end(body);
  });
}

function store(cookies, lines = []) {
  for (const line of lines) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    if (/max-age=0/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }
}

/** The form whose button says yes, filled in as `username`. */
function pressed(html, url, username) {
  const forms = [...html.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)];
  const [, action, content] = forms.find(([form]) => YES.test(form)) ?? [];
  if (action === undefined) throw new Error(`no page with a button: ${html}`);
  const hidden = [...content.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const fields = new URLSearchParams(hidden.map(([, name, value]) => [name, text(value)]));
  if (content.includes('type="radio" name="username"')) fields.set('username', username);
  fields.set('decision', YES.exec(content)[1]);
  return { url: new URL(text(action), url), body: fields.toString() };
}

/**
 * Opens `start`, says yes to everything as `username`, and gives the address that begins with `redirectUri`, where a
 * browser would call the app.
 */
export async function browse(start, redirectUri, username = 'crate_digger') {
  const cookies = new Map();
  let next = { url: new URL(start), body: undefined };
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (next.url.href.startsWith(redirectUri)) return next.url;
    const { headers, html } = await send(next, cookies);
    store(cookies, headers['set-cookie']);
    next = headers.location
      ? { url: new URL(headers.location, next.url), body: undefined }
      : pressed(html, next.url, username);
  }
  throw new Error(`never came to ${redirectUri}`);
}
