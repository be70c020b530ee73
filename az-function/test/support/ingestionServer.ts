/** A stand-in for the ingestion of Application Insights: takes batches, keeps every byte, and has bad days. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { selfSignedCertificate } from './selfSignedCertificate.ts';

/** One item of a batch, as the exporter writes it. */
export interface Envelope {
  readonly name: string;
  readonly time: string;
  readonly iKey: string;
  readonly sampleRate: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: { readonly baseType: string; readonly baseData: Readonly<Record<string, unknown>> };
}

/** A request, as received. */
export interface Received {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** How it treats batches from now on. */
export type IngestionMood = 'normal' | 'hangs' | 'refuses' | 'throttles' | 'resets';

/** A running stand-in. */
export interface IngestionServer {
  /** For `APPLICATIONINSIGHTS_CONNECTION_STRING`; the process has to trust the certificate. */
  readonly connectionString: string;
  /** What a process needs to reach it: the string, and whom to trust. */
  readonly environment: Readonly<Record<string, string>>;
  mood: IngestionMood;
  readonly received: readonly Received[];
  /** Every item of every batch that was taken. */
  envelopes(): readonly Envelope[];
  /** Waits until `enough` says so, and gives all items. */
  until(what: string, enough: (envelopes: readonly Envelope[]) => boolean): Promise<readonly Envelope[]>;
  /** Waits for the first request, whatever comes of it. */
  knocked(): Promise<void>;
  close(): Promise<void>;
}

/** The instrumentation key of the stand-in. */
export const INSTRUMENTATION_KEY = '11111111-2222-3333-4444-555555555555';
const PATIENCE_MS = 30_000;

const STATUSES = { normal: 200, refuses: 403, throttles: 429 } as const;

function answer(response: ServerResponse, mood: IngestionMood, items: number): void {
  if (mood === 'resets') response.socket?.destroy();
  if (mood === 'resets' || mood === 'hangs') return;
  const itemsAccepted = mood === 'normal' ? items : 0;
  response.writeHead(STATUSES[mood], { 'content-type': 'application/json', 'retry-after': '3600' });
  response.end(JSON.stringify({ itemsReceived: items, itemsAccepted, errors: [] }));
}

/** Starts the stand-in on a free port of 127.0.0.1. */
export async function startIngestionServer(): Promise<IngestionServer> {
  const folder = await mkdtemp(join(tmpdir(), 'discogs-agent-ingestion-'));
  const certificate = join(folder, 'certificate.pem');
  const { key, cert } = selfSignedCertificate();
  await writeFile(certificate, cert);
  const received: Received[] = [];
  const taken: Envelope[] = [];
  const server = createServer({ key, cert }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString('utf8');
    const { method, url, headers } = request;
    received.push({ line: `${method} ${url}`, authorization: headers.authorization, body });
    const items: Envelope[] = JSON.parse(body);
    if (self.mood === 'normal') taken.push(...items);
    answer(response, self.mood, items.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const endpoint = `https://127.0.0.1:${address.port}`;
  const connectionString = `InstrumentationKey=${INSTRUMENTATION_KEY};IngestionEndpoint=${endpoint}/;LiveEndpoint=${endpoint}/live/`;

  async function wait(what: string, done: () => boolean): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (!done()) {
      if (Date.now() > until) {
        const seen = taken.map(({ data }) => `${data.baseType} ${data.baseData['name'] ?? ''}`);
        throw new Error(`never came: ${what}; came: ${seen.join(', ')}`);
      }
      await pause(20);
    }
  }

  const self: IngestionServer = {
    connectionString,
    environment: {
      APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString,
      NODE_EXTRA_CA_CERTS: certificate,
    },
    mood: 'normal',
    received,
    envelopes: () => taken,
    async until(what, enough) {
      await wait(what, () => enough(taken));
      return taken;
    },
    knocked: () => wait('a request', () => received.length > 0),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
  return self;
}
