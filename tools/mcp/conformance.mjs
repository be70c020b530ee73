/** The scenarios of `@modelcontextprotocol/conformance` for a server that has tools and no sessions. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ADDRESS, check, HEADERS } from './check.mjs';

const PACKAGE = new URL('./node_modules/@modelcontextprotocol/conformance/', import.meta.url);
const program = fileURLToPath(new URL('dist/index.js', PACKAGE));
const SCENARIOS = ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection'];

/** The suite cannot send a key: this hands its requests on with one, and with its own `Host` and `Origin`. */
const keyed = createServer((incoming, outgoing) => {
  const { method, headers } = incoming;
  const forwarded = request(ADDRESS, { method, headers: { ...headers, ...HEADERS } }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  forwarded.once('error', () => outgoing.destroy());
  incoming.pipe(forwarded);
}).listen(0, '127.0.0.1');
await once(keyed, 'listening');
const url = `http://127.0.0.1:${keyed.address().port}/api/mcp`;

try {
  for (const scenario of SCENARIOS) {
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...[program, 'server', '--url', url, '--scenario', scenario],
    ]);
    const [, passed = '0', of] = /^Passed: (\d+)\/(\d+)/m.exec(stdout) ?? [];
    check(`the scenario ${scenario} passes ${passed} of ${of} checks`, Number(passed) > 0 && passed === of);
  }
} finally {
  keyed.close();
  keyed.closeAllConnections();
}
