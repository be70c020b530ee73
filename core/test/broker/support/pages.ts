/** What a person reads, and where the page leads. */
import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { STYLE } from '../../../src/signIn/style.ts';
import type { Reply } from './harness.ts';

export const LINK = '/v1/discogs/oauth/link';
export const CALLBACK = '/v1/discogs/oauth/callback';

/** The text without the style. */
export const shown = ({ text }: Reply): string =>
  text.replace(/<style>.*<\/style>/s, '').replaceAll('<br />', ' ');
/** Where its button leads. */
export const nextLink = ({ text }: Reply): string =>
  /<a class="go"[^>]* href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';

/** A page of the broker's, with all of its protection. */
export function expectPage(reply: Reply, status: number, title: string, message: string): void {
  expect(reply.status).toBe(status);
  expect(reply.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  expect(reply.headers['content-security-policy']?.split('; ')).toEqual([
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
  expect(shown(reply)).toContain(`<h1>${title}</h1>\n<p>${message}</p>`);
  expect(reply.text).not.toMatch(/<script|<form|<iframe|https?:\/\//);
}
