/** Azure's own stand-in for Tables and Blob storage, on a free port. It weighs 365 MB and is no dependency: see docs/scaling.md. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** The file `dist/src/table/main.js` of an installed Azurite; without it the tests that need it are skipped. */
export const AZURITE = process.env['AZURITE_TABLE'] || undefined;
/** The same of `dist/src/blob/main.js`. */
export const AZURITE_BLOB = process.env['AZURITE_BLOB'] || undefined;

/** A running service. */
export interface Azurite {
  readonly connectionString: string;
  close(): void;
}

/** Not a secret: Azurite's documented account. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

type Service = 'table' | 'blob';
const ENDPOINTS: Readonly<Record<Service, string>> = { table: 'TableEndpoint', blob: 'BlobEndpoint' };

/** The connection string of an account that listens at `port` of this machine. */
export const connectionStringAt = (port: number, service: Service = 'table'): string =>
  `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};${ENDPOINTS[service]}=http://127.0.0.1:${port}/${ACCOUNT};`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Starts one service alone, in memory. */
export async function startAzurite(file: string, service: Service = 'table'): Promise<Azurite> {
  const port = await freePort();
  const options = [
    `--${service}Host`,
    '127.0.0.1',
    `--${service}Port`,
    String(port),
    '--inMemoryPersistence',
  ];
  const child = spawn(
    process.execPath,
    [file, ...options, '--skipApiVersionCheck', '--disableTelemetry', '--silent'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`Azurite ended with ${code}`)));
    child.stdout.on('data', (chunk) => {
      // The table service says `started`, the blob service `listens`.
      if (/successfully (started|listens)/.test(String(chunk))) resolve();
    });
  });
  return { connectionString: connectionStringAt(port, service), close: () => void child.kill() };
}
