/** One template for every page: no script, nothing from elsewhere, never framed, never named to the next site. */
import { htmlAnswer } from './answers.ts';
import { STYLE } from './style.ts';
import type { WebAnswer } from './web.ts';

/** What a page says; all of it is text. */
export interface Page {
  readonly status: number;
  readonly title: string;
  readonly message: string;
  /** Smaller, below the message. */
  readonly hints?: readonly string[];
  /** A list below the message. */
  readonly items?: readonly string[];
  /** The one thing to do next. */
  readonly link?: { readonly href: string; readonly label: string };
  readonly forms?: readonly Form[];
  /** Where forms may lead, beyond this server: browsers hold the redirect behind a form to it as well. */
  readonly formTargets?: readonly string[];
  /** Behind the title, in the window. */
  readonly site?: string;
  readonly retryAfterSeconds?: number;
}

/** A form without fields that a person fills in. */
export interface Form {
  /** A path of this server. */
  readonly action: string;
  /** Above the buttons. */
  readonly text?: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly buttons: readonly Button[];
}

/** What a person may answer. */
export interface Button {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  /** The quiet one of two. */
  readonly isSecondary?: boolean;
}

/** Digest of the inline style, which allows this one and no other; a test says what to write after a change. */
const STYLE_HASH = 'sha256-cZeKSChHFMhHxSpB3IZ6MA/FUDSgPpSRxrKk1wzK42g=';

const policy = (formAction: string): string =>
  [
    "default-src 'none'",
    `style-src '${STYLE_HASH}'`,
    // For the empty icon, which keeps browsers from asking for one.
    'img-src data:',
    "base-uri 'none'",
    `form-action ${formAction}`,
    "frame-ancestors 'none'",
  ].join('; ');

const HEADERS = {
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

const hiddenHtml = ([name, value]: readonly [string, string]): string =>
  `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;

const buttonHtml = ({ name, value, label, isSecondary = false }: Button): string =>
  `<button class="${isSecondary ? 'quiet' : 'go'}" name="${escapeHtml(name)}" value="${escapeHtml(value)}">${escapeHtml(label)}</button>`;

const formHtml = ({ action, text, hidden, buttons }: Form): string =>
  `<form method="post" action="${escapeHtml(action)}">${Object.entries(hidden).map(hiddenHtml).join('')}
${text === undefined ? '' : `<p>${escapeHtml(text)}</p>\n`}${buttons.map(buttonHtml).join('\n')}
</form>
`;

const itemsHtml = (items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>\n`;

/** Renders a page; each sentence of the message stands on a line of its own. */
export function renderPage({
  status,
  title,
  message,
  hints = [],
  items = [],
  link,
  forms = [],
  formTargets = [],
  site = 'Record broker',
  retryAfterSeconds,
}: Page): WebAnswer {
  const lines = escapeHtml(message).replaceAll('. ', '.<br />');
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} | ${escapeHtml(site)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${lines}</p>
${itemsHtml(items)}${link === undefined ? '' : `<a class="go" rel="noreferrer" href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a>\n`}${forms.map(formHtml).join('')}${hints.map((hint) => `<p class="hint">${escapeHtml(hint)}</p>\n`).join('')}<footer>${escapeHtml(NOTICE)}</footer>
</main>
</body>
</html>
`;
  return htmlAnswer(status, html, {
    'content-security-policy': policy(forms.length === 0 ? "'none'" : ["'self'", ...formTargets].join(' ')),
    ...HEADERS,
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
}
