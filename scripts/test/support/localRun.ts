/** A local run as `npm start` has it, in a process of its own. The app is the one that `npm test` has built. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const PROGRAM = `const { serveLocally } = await import(${JSON.stringify(new URL('../../start/serveLocally.ts', import.meta.url).href)});
await serveLocally(process.env);`;

/** Empty is as good as not set, and wins over a local.settings.json that somebody has here. */
const NOTHING_SET = {
  PORT: '0',
  DISCOGS_TOKEN: '',
  DISCOGS_API_BASE_URL: '',
  X_API_KEY: '',
  CLIENT_KEYS: '',
  KEY_VAULT_URI: '',
  BROKER_ENABLED: '',
  CORS_ORIGINS: '',
  DISABLE_CLIENT_KEY_CHECK: '',
};

export interface LocalRun {
  /** `http://127.0.0.1:PORT`; empty where it ended instead. */
  readonly url: string;
  /** The key that it printed. */
  readonly key: string;
  /** Everything that it printed so far. */
  output(): string;
  end(): Promise<void>;
}

/** Resolves when it serves, or when it has ended without. */
export async function startLocally(variables: Readonly<Record<string, string>>): Promise<LocalRun> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...NOTHING_SET, ...variables },
  });
  let output = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('Ctrl-C stops it.')) resolve();
      });
    }
  });
  await Promise.race([ready, ended]);
  return {
    url: /^Address {3}(\S+)\/api$/m.exec(output)?.[1] ?? '',
    key: /^Key {7}(\S+)/m.exec(output)?.[1] ?? '',
    output: () => output,
    end: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
