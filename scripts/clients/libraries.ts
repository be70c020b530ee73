/** Clients of Discogs and of MCP that nobody here wrote, each with a program in `tools` that uses it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installTool } from '../programs/installTool.ts';
import { run } from '../programs/spawn.ts';
import { type ClientGateway, startClientGateway } from './gateway.ts';
import type { Check } from './outcome.ts';
import { CLIENTS, installPython } from './python.ts';
import { SIGN_IN_CLIENTS, signInVariables } from './signIn.ts';

const KEY = 'key-of-the-clients';

/** Runs a program against a gateway; whatever it sends, Discogs must not get the client key. */
async function runProgram(
  program: string,
  args: readonly string[],
  folder: string,
  gateway: ClientGateway,
  more: Readonly<Record<string, string>> = {},
) {
  const certificate = join(folder, 'certificate.pem');
  await writeFile(certificate, gateway.certificate);
  try {
    const code = await run(program, args, {
      env: {
        PATH: process.env['PATH'],
        // What a client keeps for next time goes with the folder.
        HOME: folder,
        CLIENT_KEY: KEY,
        GATEWAY_URL: gateway.url,
        GATEWAY_HOST: '127.0.0.1',
        GATEWAY_PORT: String(gateway.tlsPort),
        NODE_EXTRA_CA_CERTS: certificate,
        ...more,
      },
    });
    const { requests } = gateway.sandbox;
    const leaked = requests.some((request) => JSON.stringify([request.path, request.headers]).includes(KEY));
    if (leaked) console.error('The client key reached Discogs.');
    console.log(`${requests.length} requests reached Discogs`);
    return code === 0 && !leaked;
  } finally {
    await gateway.close();
  }
}

const ofNode =
  (name: 'clients' | 'mcp', program: string, byTls: boolean): Check =>
  async (folder) => {
    const tool = await installTool(name);
    if ('problem' in tool) return { skipped: tool.problem };
    const gateway = await startClientGateway(KEY, byTls);
    return runProgram(process.execPath, [join(tool.folder, program)], folder, gateway);
  };

/** A program that knows no key: its user signs in. `mcp` uses files of `clients`, which needs no install for them. */
const signingIn =
  (name: 'clients' | 'mcp', program: string): Check =>
  async (folder) => {
    const tool = await installTool(name);
    if ('problem' in tool) return { skipped: tool.problem };
    const gateway = await startClientGateway(KEY, false, signInVariables);
    return runProgram(process.execPath, [join(tool.folder, program)], folder, gateway, {
      CLIENT_KEY: '',
      SIGN_IN_CLIENTS,
    });
  };

const ofPython =
  (name: string): Check =>
  async (folder) => {
    const python = await installPython(folder, `${name}.txt`);
    if ('problem' in python) return python.problem;
    const gateway = await startClientGateway(KEY, false);
    return runProgram(join(python.programs, 'python'), [join(CLIENTS, `${name}.py`)], folder, gateway);
  };

/** By the name with which a check is asked for. */
export const libraries: Readonly<Record<string, Check>> = {
  'python3-discogs-client': ofPython('python3-discogs-client'),
  'discogs-sdk': ofPython('discogs-sdk'),
  lionralfs: ofNode('clients', 'lionralfs.mjs', true),
  disconnect: ofNode('clients', 'disconnect.mjs', true),
  'discogs-mcp-server': ofNode('clients', 'discogs-mcp-server.mjs', false),
  '@modelcontextprotocol/sdk': ofNode('mcp', 'older.mjs', false),
  '@modelcontextprotocol/client': ofNode('mcp', 'newer.mjs', false),
  '@modelcontextprotocol/inspector': ofNode('mcp', 'inspector.mjs', false),
  '@modelcontextprotocol/conformance': ofNode('mcp', 'conformance.mjs', false),
  oauth4webapi: signingIn('clients', 'oauth4webapi.mjs'),
  'openid-client': signingIn('clients', 'openid-client.mjs'),
  'chatgpt-action': signingIn('clients', 'chatgpt-action.mjs'),
  '@modelcontextprotocol/client with sign-in': signingIn('mcp', 'signInNewer.mjs'),
  '@modelcontextprotocol/sdk with sign-in': signingIn('mcp', 'signInOlder.mjs'),
};
