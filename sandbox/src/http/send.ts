/** Puts a healthy answer on the wire. */
import type { ServerResponse } from 'node:http';
import type { Reply } from './reply.ts';

const NO_CONTENT = 204;

export function sendReply(res: ServerResponse, { status, headers, body }: Reply): void {
  const length = status === NO_CONTENT ? {} : { 'Content-Length': body.length };
  res.writeHead(status, { ...length, ...headers });
  res.end(body);
}
