/**
 * One keep-alive connection of the load generator. It reads HTTP by hand: a client library would use more CPU than
 * some of the candidates, and their figures would then be its own.
 */
import { connect, type Socket } from 'node:net';

/** Sends one request at a time. */
export interface Connection {
  /** Resolves with the number of body bytes; rejects for everything but a complete 200. */
  get(path: string): Promise<number>;
  close(): void;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const NO_BYTES = Buffer.alloc(0);
/** Status line and `Content-Length`. */
const STATUS = /^HTTP\/1\.1 (\d{3})/;
const LENGTH = /\r\ncontent-length: (\d+)/i;

/** Connects to 127.0.0.1. `head` are header lines that every request carries, each ended by CRLF. */
export async function openConnection(port: number, head: string): Promise<Connection> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let done: ((size: number) => void) | undefined;
  let failed: (error: Error) => void = () => {};
  let pending = NO_BYTES;
  let size = 0;
  let missing = -1;

  function fail(error: Error): void {
    socket.destroy();
    failed(error);
  }

  function readHead(): boolean {
    const end = pending.indexOf(HEAD_END);
    if (end === -1) return false;
    const text = pending.toString('latin1', 0, end);
    const status = STATUS.exec(text)?.[1];
    const length = LENGTH.exec(text)?.[1];
    if (status !== '200' || length === undefined) {
      fail(new Error(`unexpected answer: ${pending.toString('latin1', 0, 600)}`));
      return false;
    }
    size = Number(length);
    missing = size - (pending.length - end - HEAD_END.length);
    pending = NO_BYTES;
    return true;
  }

  socket.on('data', (chunk) => {
    if (missing >= 0) missing -= chunk.length;
    else {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      if (!readHead()) return;
    }
    if (missing < 0) fail(new Error('more bytes than announced'));
    if (missing !== 0) return;
    missing = -1;
    done?.(size);
  });
  socket.on('error', fail);
  socket.on('close', () => failed(new Error('connection closed')));

  return {
    get: (path) =>
      new Promise((resolve, reject) => {
        done = resolve;
        failed = reject;
        socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${head}\r\n`);
      }),
    close: () => {
      failed = () => {};
      socket.destroy();
    },
  };
}
