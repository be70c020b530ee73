/** An upstream that answers with bytes of the test's choice, for what no HTTP server would send. */
import { createServer, type Socket } from 'node:net';

/** A listening server. */
export interface RawUpstream {
  readonly url: string;
  /** Heads of the requests that arrived, oldest first. */
  readonly requests: readonly string[];
  connections(): number;
  close(): Promise<void>;
}

/** Calls `answer` for each request head; bodies are not told from heads, so it suits reads. */
export async function startRawUpstream(answer: (socket: Socket, head: string) => void): Promise<RawUpstream> {
  const requests: string[] = [];
  const open = new Set<Socket>();
  let accepted = 0;
  const server = createServer((socket) => {
    accepted += 1;
    open.add(socket);
    let pending = '';
    socket
      .setNoDelay()
      .on('close', () => open.delete(socket))
      // A client that resets is what some tests want.
      .on('error', () => {})
      .on('data', (chunk) => {
        pending += chunk.toString('latin1');
        for (let end = pending.indexOf('\r\n\r\n'); end !== -1; end = pending.indexOf('\r\n\r\n')) {
          const head = pending.slice(0, end);
          pending = pending.slice(end + 4);
          requests.push(head);
          answer(socket, head);
        }
      });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    connections: () => accepted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** An answer as bytes: status line, header lines, body. */
export function rawAnswer(status: string, lines: readonly string[], body: string | Uint8Array = ''): Buffer {
  const head = [`HTTP/1.1 ${status}`, ...lines, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}
