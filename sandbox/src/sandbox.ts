/** A stand-in for api.discogs.com that is a real HTTP server on the loopback interface. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { answerControl, CONTROL_PREFIX, mayControl } from './control/control.ts';
import { sendDamaged } from './faults/damage.ts';
import { createFaultList } from './faults/faultList.ts';
import { readRule } from './faults/readRule.ts';
import { replacementFor } from './faults/replacement.ts';
import type { Fault } from './faults/rule.ts';
import { cloudflarePage } from './http/cloudflarePage.ts';
import { createRateWindow } from './http/rateWindow.ts';
import { message } from './http/reply.ts';
import { sendReply } from './http/send.ts';
import { judge } from './judge.ts';
import { answerWebPage, CONSENT_PATH } from './oauth/consent.ts';
import type { RecordedRequest, Sandbox, SandboxOptions } from './options.ts';
import { seedState } from './state/seed.ts';

const HOST = '127.0.0.1';
const DISCOGS_LIMITS = { authenticated: 60, anonymous: 25 };
const MAX_RECORDED_REQUESTS = 10_000;
/** Longer than any client's pause between two requests, so that idle connections are never closed under its feet. */
const KEEP_ALIVE_MS = 65_000;

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const strikesBeforeHeaders = (fault: Fault | undefined): fault is Fault & { kind: 'hang' | 'reset' } =>
  (fault?.kind === 'hang' || fault?.kind === 'reset') && fault.stage === 'headers';

/**
 * Starts the stand-in and resolves when it listens. Rejects when the port is taken.
 *
 * @example
 * const sandbox = await startSandbox();
 * await fetch(`${sandbox.url}/releases/249504`, { headers: { 'User-Agent': 'Example/1.0' } });
 * await sandbox.close();
 * @see https://www.discogs.com/developers
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { now = Date.now, limits = DISCOGS_LIMITS, log = () => {}, record = true } = options;
  const faults = createFaultList();
  const window = createRateWindow(now);
  const requests: RecordedRequest[] = [];
  let state = seedState(now);
  let accepted = 0;

  const reset = (): void => {
    state = seedState(now);
    faults.clear();
    window.clear();
    requests.length = 0;
  };

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const method = req.method ?? 'GET';
    const raw = req.url ?? '/';
    const target = new URL(`http://${HOST}${raw.startsWith('/') ? raw : '/'}`);
    const body = await readBody(req);
    if (target.pathname.startsWith(CONTROL_PREFIX)) {
      const allowed = mayControl(req.socket.remoteAddress, req.headers);
      const refused = message(403, 'Control routes answer direct calls from this machine only.');
      const controlled = { faults, requests, grants: state.grants, reset };
      return sendReply(res, allowed ? answerControl(method, target.pathname, body, controlled) : refused);
    }
    const isWebPage = target.pathname === CONSENT_PATH;
    if (record && !isWebPage) {
      requests.push({ method, path: raw, headers: req.headers, body, at: now() });
      if (requests.length > MAX_RECORDED_REQUESTS) requests.shift();
    }
    if ((req.headers['user-agent'] ?? '').trim() === '') {
      log(`${method} ${raw} 403 no User-Agent`);
      return sendReply(res, cloudflarePage(403));
    }
    const used = isWebPage ? 0 : window.arrive();
    const fault = faults.take(method, target.pathname, target.search);
    if (strikesBeforeHeaders(fault)) {
      log(`${method} ${raw} ${fault.kind}`);
      if (fault.kind === 'reset') req.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'delay') await pause(fault.ms, undefined, { ref: false });
    const { authorization, host = '', 'accept-encoding': acceptEncoding } = req.headers;
    // These two write their own bodies, which must not be announced as packed.
    const ownBody = fault?.kind === 'gzip' || fault?.kind === 'huge';
    const arrived = {
      method,
      target,
      raw,
      host,
      authorization,
      contentType: req.headers['content-type'],
      ifModifiedSince: req.headers['if-modified-since'],
      acceptEncoding: ownBody ? undefined : acceptEncoding,
      accept: req.headers.accept,
      body,
      used,
    };
    const reply = isWebPage
      ? (replacementFor(fault)?.reply ?? answerWebPage(method, target.searchParams, body, state))
      : judge(arrived, fault, limits, state, now);
    log(`${method} ${raw} ${reply.status}${fault === undefined ? '' : ` ${fault.kind}`}`);
    await sendDamaged(res, reply, fault);
  }

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (req, res) => {
    serve(req, res).catch((error: unknown) => {
      // A client that goes away while sending is no fault of ours; anything else is a bug worth seeing.
      if (!req.complete) return;
      log(`failed: ${error instanceof Error ? error.stack : String(error)}`);
      res.destroy();
    });
  });
  server.on('connection', () => accepted++);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, HOST, () => resolve());
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    url: `http://${HOST}:${port}`,
    port,
    requests,
    connections: () => accepted,
    fault: (rule) => faults.add(readRule(rule)),
    clearFaults: () => faults.clear(),
    revoke: (username) => state.grants.revoke(username),
    reset,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
