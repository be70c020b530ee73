/** The documents as the gateway serves them, without a key: with its own address, and without examples. */

import { catalog } from '../catalog/index.ts';
import { composedOperations } from '../gpt/compose/index.ts';
import { GPT_PREFIX } from '../gpt/gptDoor.ts';
import type { Answer, Call } from '../lib/call.ts';
import { gptDocument, gptOperations } from './gptDocument.ts';
import { openApiDocument, programOperations, SERVER_URL } from './openapi.ts';

const encoder = new TextEncoder();

function answer(call: Call, mediaType: string, text: string): Answer {
  const body = encoder.encode(text);
  const headers = {
    'content-type': mediaType,
    'content-length': String(body.length),
    'cache-control': 'public, max-age=300',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    vary: 'Host',
  };
  return { status: 200, headers, body: call.method === 'HEAD' ? new Uint8Array(0) : body };
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
const at = (document: string, address: string): string => document.replaceAll(SERVER_URL, () => address);

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
code{overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}td{padding:.4rem .6rem;border-top:1px solid #8884;vertical-align:top}
h2{margin-top:2rem}@media(max-width:40rem){td{display:block;border:0}tr{display:block;border-top:1px solid #8884}}`;

function page(version: string, baseUrl: string): string {
  const lean = new Set(gptOperations().map(({ id }) => id));
  const composed = composedOperations.map((operation) => ({
    ...operation,
    path: GPT_PREFIX + operation.path,
  }));
  const rows = [...catalog.filter(({ inOpenApi }) => inOpenApi), ...composed].map(
    ({ id, method, path, summary, description }) => {
      const note = lean.has(id) ? ' <small>also for agents</small>' : '';
      return `<tr><td><code>${method} ${escaped(path)}</code></td><td><strong>${escaped(summary)}</strong>${note}<br>${escaped(description)}</td></tr>`;
    },
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>DiscogsAgent ${escaped(version)}</title><style>${STYLE}</style></head><body><main>
<h1>DiscogsAgent ${escaped(version)}</h1>
<p>A gateway in front of the Discogs API. Send your key as <code>x-api-key</code>. This application uses Discogs' API but is not
affiliated with, sponsored or endorsed by Discogs. 'Discogs' is a trademark of Zink Media, LLC.</p>
<ul>
<li><a href="${escaped(baseUrl)}/openapi.json">OpenAPI document of all operations</a></li>
<li><a href="${escaped(baseUrl)}/gpt/openapi.json">OpenAPI document for agents</a>: the same paths below <code>/api/gpt</code>, in short answers</li>
<li>MCP: <code>${escaped(baseUrl)}/mcp</code></li>
<li><a href="${escaped(baseUrl)}/status/page">Status</a></li>
</ul>
<h2>Operations</h2><table>${rows.join('\n')}</table></main></body></html>`;
}

/** Made once for a version: whoever has no key may ask for them, and the largest takes tens of milliseconds. */
function once(make: (version: string) => string): (version: string) => string {
  let made: { readonly version: string; readonly text: string } | undefined;
  return (version) => {
    if (made?.version !== version) made = { version, text: make(version) };
    return made.text;
  };
}

const everything = once((version) =>
  JSON.stringify(
    openApiDocument({ title: 'DiscogsAgent API', version, operations: programOperations, examples: {} }),
  ),
);
const forAgents = once((version) => JSON.stringify(gptDocument(version)));
const forUsers = once((version) => JSON.stringify(gptDocument(version, 'sign-in')));
const readable = once((version) => page(version, SERVER_URL));

/**
 * The document at this path; undefined where there is none. `baseUrl` is the address of the gateway, `/api` included.
 * Without `hasSignIn` nothing is said about signing in.
 */
export function servedDocument(
  call: Call,
  version: string,
  baseUrl: string = call.baseUrl,
  hasSignIn = false,
): Answer | undefined {
  switch (call.path.toLowerCase().replace(/\/$/, '')) {
    case '/openapi.json':
      return answer(call, 'application/json', at(everything(version), inJson(baseUrl)));
    case '/gpt/openapi.json':
      return answer(call, 'application/json', at(forAgents(version), inJson(baseUrl)));
    case '/gpt/openapi-oauth.json':
      return hasSignIn ? answer(call, 'application/json', at(forUsers(version), inJson(baseUrl))) : undefined;
    case '/docs':
      return answer(call, 'text/html; charset=utf-8', at(readable(version), escaped(baseUrl)));
    default:
      return undefined;
  }
}
