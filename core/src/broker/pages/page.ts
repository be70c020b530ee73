/** One template for every page: no script, nothing from elsewhere, never framed, never named to the next site. */
import { htmlAnswer } from '../wire/answers.ts';
import type { BrokerAnswer } from '../wire/types.ts';
import { STYLE } from './style.ts';

/** What a page says; all of it is text. */
export interface Page {
  readonly status: number;
  readonly title: string;
  readonly message: string;
  /** Smaller, below the message. */
  readonly hints?: readonly string[];
  /** The one thing to do next. */
  readonly link?: { readonly href: string; readonly label: string };
  readonly retryAfterSeconds?: number;
}

/** Digest of the inline style, which allows this one and no other; a test says what to write after a change. */
const STYLE_HASH = 'sha256-HVsvZveBoi0VucAUnPKCrx6X+c9ONmw/QqCATN7PORY=';

// No form: browsers apply form-action to the redirect that follows, so what must lead to Discogs is a link.
const POLICY = [
  "default-src 'none'",
  `style-src '${STYLE_HASH}'`,
  // For the empty icon, which keeps browsers from asking for one.
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** The notice that Discogs asks applications to show. @see https://support.discogs.com/hc/en-us/articles/360009334593-API-Terms-of-Use */
const NOTICE =
  "This application uses Discogs' API but is not affiliated with, sponsored or endorsed by Discogs. 'Discogs' is a trademark of Zink Media, LLC.";

/** Renders a page; each sentence of the message stands on a line of its own. */
export function renderPage({
  status,
  title,
  message,
  hints = [],
  link,
  retryAfterSeconds,
}: Page): BrokerAnswer {
  const lines = escapeHtml(message).replaceAll('. ', '.<br />');
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} | Record broker</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${lines}</p>
${link === undefined ? '' : `<a class="go" rel="noreferrer" href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a>\n`}${hints.map((hint) => `<p class="hint">${escapeHtml(hint)}</p>\n`).join('')}<footer>${escapeHtml(NOTICE)}</footer>
</main>
</body>
</html>
`;
  return htmlAnswer(status, html, {
    ...HEADERS,
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
}
