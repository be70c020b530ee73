/** The page of the network edge in front of Discogs: HTML where a client expects JSON. */
import type { Reply } from './reply.ts';

const page = (status: number): string => `<!DOCTYPE html>
<html lang="en-US">
<head><title>${status === 403 ? 'Attention Required! | Cloudflare' : `discogs.com | ${status}`}</title></head>
<body>
<h1>${status === 403 ? 'Sorry, you have been blocked' : `Error ${status}`}</h1>
<p>This website is using a security service to protect itself from online attacks.</p>
<p>Cloudflare Ray ID: <strong>0000000000000000</strong></p>
</body>
</html>
`;

export const cloudflarePage = (status: number): Reply => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=UTF-8', 'Cache-Control': 'private, no-store' },
  body: Buffer.from(page(status)),
});
