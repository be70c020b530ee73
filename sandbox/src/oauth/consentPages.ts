/** The pages that a user sees at Discogs while an application asks for access. */
import { STATUS_CODES } from 'node:http';
import type { Reply } from '../http/reply.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const page = (status: number, title: string, content: string): Reply => ({
  status,
  headers: {
    'Content-Type': 'text/html; charset=UTF-8',
    'Cache-Control': 'private, no-store',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
  },
  body: Buffer.from(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} | Sandbox</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 4rem auto; padding: 0 1rem; color: #222 }
small { color: #666 }
button { font: inherit; padding: .4rem 1.2rem; margin-right: .5rem }
code { font-size: 1.5rem }
</style>
</head>
<body>
<h1>${title}</h1>
${content}
<p><small>A stand-in for discogs.com. No real account is involved.</small></p>
</body>
</html>
`),
});

export const consentPage = (token: string, usernames: readonly string[]): Reply => {
  const choices = usernames.map(
    (name, index) =>
      `<label><input type="radio" name="username" value="${escapeHtml(name)}"${index === 0 ? ' checked' : ''}> ` +
      `${escapeHtml(name)}</label><br>`,
  );
  return page(
    200,
    'Authorize Sandbox application',
    `<p>Sandbox application would like to access your account.</p>
<form method="post" action="/oauth/authorize">
<input type="hidden" name="oauth_token" value="${escapeHtml(token)}">
<p>Sign in as<br>
${choices.join('\n')}</p>
<button name="decision" value="approve">Authorize</button>
<button name="decision" value="deny">Deny</button>
</form>`,
  );
};

export const verifierPage = (verifier: string): Reply =>
  page(
    200,
    'Application authorized',
    `<p>Enter this code in the application:</p>\n<p><code>${escapeHtml(verifier)}</code></p>`,
  );

export const deniedPage = (): Reply =>
  page(200, 'Access denied', '<p>The application was not given access. You can close this page.</p>');

export const deadRequestPage = (): Reply =>
  page(400, 'Invalid request', '<p>This request is unknown, has expired or was answered already.</p>');

export const wrongRequestPage = (status: number): Reply =>
  page(status, STATUS_CODES[status] ?? 'Error', '<p>This page takes its own form only.</p>');
