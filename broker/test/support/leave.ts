/** Requests whose sender goes away, as workerd notices it. */
import { connect } from 'node:net';

/** Sends a request over a connection of its own. `leave` resets it: workerd does not notice `fetch` giving up. */
export function sendAndLeave(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): { leave(): void } {
  const { hostname, port, host, pathname, search } = new URL(url);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  const method = body === '' ? 'GET' : 'POST';
  socket.write([`${method} ${pathname}${search} HTTP/1.1`, ...lines, '', body].join('\r\n'));
  return { leave: () => void socket.resetAndDestroy() };
}
