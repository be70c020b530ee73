/** Azure's own stand-in for Tables, on a free port. It weighs 365 MB and is no dependency: see docs/scaling.md. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** The file `dist/src/table/main.js` of an installed Azurite; without it the tests that need it are skipped. */
export const AZURITE = process.env['AZURITE_TABLE'] || undefined;

/** A running table service. */
export interface Azurite {
  readonly connectionString: string;
  close(): void;
}

/** Not a secret: Azurite's documented account. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** The connection string of an account that listens at `port` of this machine. */
export const connectionStringAt = (port: number): string =>
  `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};TableEndpoint=http://127.0.0.1:${port}/${ACCOUNT};`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Starts the table service alone, in memory. */
export async function startAzurite(file: string): Promise<Azurite> {
  const port = await freePort();
  const options = ['--inMemoryPersistence', '--tableHost', '127.0.0.1', '--tablePort', String(port)];
  const child = spawn(
    process.execPath,
    [file, ...options, '--skipApiVersionCheck', '--disableTelemetry', '--silent'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`Azurite ended with ${code}`)));
    child.stdout.on('data', (chunk) => {
      if (String(chunk).includes('successfully started')) resolve();
    });
  });
  return { connectionString: connectionStringAt(port), close: () => void child.kill() };
}
