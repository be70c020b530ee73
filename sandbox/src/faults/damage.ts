/** Puts an answer on the wire in a damaged way. */
import { once } from 'node:events';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type Reply, withHeaders } from '../http/reply.ts';
import { sendReply } from '../http/send.ts';
import type { Fault } from './rule.ts';

const HUGE_CHUNK_BYTES = 65_536;
const DRIP_TICK_MS = 50;
/** Without this the reset overtakes the first half of the body. */
const BEFORE_RESET_MS = 20;
const SMALLEST_CUTTABLE_BYTES = 2;

const half = (body: Buffer): Buffer => body.subarray(0, Math.ceil(body.length / 2));

/** Sends head and first half, announcing the whole. */
async function sendHalf(res: ServerResponse, reply: Reply): Promise<void> {
  const whole = Math.max(SMALLEST_CUTTABLE_BYTES, reply.body.length);
  res.writeHead(reply.status, { ...reply.headers, 'Content-Length': whole });
  res.flushHeaders();
  await new Promise<void>((resolve) => {
    res.write(half(reply.body), () => resolve());
  });
}

async function drip(res: ServerResponse, reply: Reply, bytesPerSecond: number): Promise<void> {
  res.writeHead(reply.status, { ...reply.headers, 'Content-Length': reply.body.length });
  res.flushHeaders();
  const tickMs = Math.max(DRIP_TICK_MS, 1_000 / bytesPerSecond);
  const step = Math.max(1, Math.round((bytesPerSecond * tickMs) / 1_000));
  for (let sent = 0; sent < reply.body.length && !res.destroyed; sent += step) {
    res.write(reply.body.subarray(sent, sent + step));
    await pause(tickMs, undefined, { ref: false });
  }
  res.end();
}

async function streamHuge(res: ServerResponse, reply: Reply, bytes: number): Promise<void> {
  res.writeHead(reply.status, { ...reply.headers, 'Transfer-Encoding': 'chunked' });
  const chunk = Buffer.alloc(HUGE_CHUNK_BYTES, 'x');
  res.write('"');
  for (let left = bytes - 2; left > 0 && !res.destroyed; left -= chunk.length) {
    if (res.write(chunk.subarray(0, left))) continue;
    const waiting = new AbortController();
    const { signal } = waiting;
    await Promise.race([once(res, 'drain', { signal }), once(res, 'close', { signal })]);
    waiting.abort();
  }
  res.end('"');
}

/** Node's own response refuses a body after 204, hence the bare socket. */
function sendForbiddenBody(res: ServerResponse, reply: Reply): void {
  const head = Object.entries({ ...reply.headers, 'Content-Length': String(reply.body.length) });
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  res.socket?.write(`HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status]}\r\n${lines}\r\n`);
  res.socket?.end(reply.body);
}

function damagedGzip(reply: Reply, damage: 'garbage' | 'truncated'): Reply {
  const body = damage === 'garbage' ? Buffer.from('this was never compressed') : half(gzipSync(reply.body));
  return { ...withHeaders(reply, { 'Content-Encoding': 'gzip' }), body };
}

/** Carries out what the fault does to an answer on its way; faults without such a part send it unharmed. */
export async function sendDamaged(
  res: ServerResponse,
  reply: Reply,
  fault: Fault | undefined,
): Promise<void> {
  switch (fault?.kind) {
    case 'hang':
      return sendHalf(res, reply);
    case 'reset':
      await sendHalf(res, reply);
      await pause(BEFORE_RESET_MS);
      res.socket?.resetAndDestroy();
      return;
    case 'cut':
      await sendHalf(res, reply);
      res.socket?.end();
      return;
    case 'drip':
      return drip(res, reply, fault.bytesPerSecond);
    case 'huge':
      return streamHuge(res, reply, fault.bytes);
    case 'gzip':
      return sendReply(res, damagedGzip(reply, fault.damage));
    case 'length': {
      const { socket } = res;
      res.writeHead(reply.status, {
        ...reply.headers,
        'Content-Length': Math.max(0, reply.body.length + fault.off),
      });
      res.end(reply.body, () => socket?.end());
      return;
    }
    case 'headers':
      return sendReply(res, withHeaders(reply, fault.set));
    case 'noContentWithBody':
      return sendForbiddenBody(res, reply);
    default:
      return sendReply(res, reply);
  }
}
