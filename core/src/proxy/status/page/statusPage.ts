/** `GET /status/page`: a page for people that holds no data. Loaded with its first call, not with the gateway. */
import type { Answer } from '../../../lib/call.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** Digests of the two inline parts, which allow these and no others; a test says what to write after a change. */
const STYLE_HASH = 'sha256-o3n2XIi0eG592oWv4FgUtK5F4kaSrhG3oU2zxIwGNQY=';
const SCRIPT_HASH = 'sha256-MlyUyhbIz9kfSPXV4y+zO+lK5l8XZBFEsKFUVC4Nnfk=';

const POLICY = [
  "default-src 'none'",
  `script-src '${SCRIPT_HASH}'`,
  `style-src '${STYLE_HASH}'`,
  "connect-src 'self'",
  // For the empty icon, which keeps browsers from asking the host for one.
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>DiscogsAgent status</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>DiscogsAgent status</h1>
<p class="lead">The calls to Discogs that are left, and how this gateway is doing.</p>
</header>
<main>
<noscript><p class="message">This page needs JavaScript. The numbers are at ../status, with the header x-api-key.</p></noscript>
<p class="message" id="message" role="alert"></p>
<form class="card" id="ask">
<label for="key">Client key</label>
<div class="row">
<input id="key" type="password" required autocomplete="off" spellcheck="false" aria-describedby="key-note message">
<button type="submit">Show the status</button>
</div>
<p class="note" id="key-note">The key that callers send as x-api-key. It stays in this tab and is gone when you close it.</p>
</form>
<section class="grid" id="numbers" tabindex="-1" aria-label="Status" hidden>
<article class="card wide" id="budget">
<h2 id="budget-title">Calls to Discogs</h2>
<p class="value"><span id="remaining"></span> <small>of <span id="limit"></span> left</small></p>
<progress id="bar" max="60" value="0" aria-labelledby="budget-title"></progress>
<p class="note" id="window-note"></p>
<p class="note" id="outbound"></p>
</article>
<article class="card" id="upstream"><h2>What is asked</h2><p class="value" id="upstream-kind"></p><p class="note" id="upstream-note"></p></article>
<article class="card" id="hour"><h2>Requests in the last hour</h2><p class="value" id="requests"></p><p class="note" id="requests-note"></p></article>
<article class="card"><h2>Queue</h2><p class="value" id="waiting"></p><p class="note" id="queue-note"></p></article>
<article class="card" id="breaker"><h2>Discogs</h2><p class="value" id="breaker-state"></p><p class="note" id="breaker-note"></p></article>
<article class="card"><h2>Answered by</h2><p class="value" id="answered"></p><p class="note" id="answered-note"></p></article>
<article class="card" id="catalogue"><h2>Catalogue</h2><p class="value" id="catalogue-state"></p><p class="note" id="catalogue-note"></p></article>
<article class="card"><h2>Answered from memory</h2><p class="value" id="hits"></p><p class="note" id="cache-note"></p></article>
<article class="card" id="store"><h2>Store</h2><p class="value" id="store-kind"></p><p class="note" id="store-note"></p></article>
<article class="card"><h2>Broker</h2><p class="value" id="broker-state"></p><p class="note" id="broker-note"></p></article>
<article class="card"><h2>Version</h2><p class="value" id="version"></p><p class="note" id="uptime"></p></article>
</section>
</main>
<footer id="foot" hidden>
<span id="updated"></span>
<button class="quiet" id="forget" type="button">Forget the key</button>
</footer>
<script>${SCRIPT}</script>
</body>
</html>
`;

const PAGE: Answer = {
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': POLICY,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  },
  body: new TextEncoder().encode(HTML),
};

/** The page, the same for everybody. */
export const statusPage = (): Answer => PAGE;
