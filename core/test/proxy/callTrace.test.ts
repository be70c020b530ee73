import { describe, expect, it } from '@jest/globals';
import {
  answer,
  ask,
  call,
  fakeFetcher,
  gateway,
  jsonLines,
  recordedLog,
  timeout,
} from '../support/fakes.ts';

const CALL = 'discogs_proxy: ';
const REJECTED = 'discogs_proxy_rejected: ';

describe('the trace of a call', () => {
  it('starts with the members that existing queries read, in their order', async () => {
    const log = recordedLog();
    await ask(gateway(), call('GET', '/artists/108713?x=1', { log }));
    const [line] = log.lines;
    expect(line).toEqual({
      level: 'info',
      line: expect.stringMatching(/^discogs_proxy: \{"event":"discogs_proxy_call","entity":"artist",/),
    });
    expect(jsonLines(log, CALL)).toEqual([
      {
        event: 'discogs_proxy_call',
        entity: 'artist',
        operation: 'getArtist',
        method: 'GET',
        path: '/artists/108713',
        status: 200,
        client_status: 200,
        source: 'discogs',
        elapsed_ms: expect.any(Number),
        attempts: 1,
        cache: 'miss',
        waited_ms: 0,
        budget_remaining: 59,
        lane: 'caller',
        store: 'memory',
        trace_id: '11111111-2222-4333-8444-555555555555',
        key: 'default',
      },
    ]);
  });

  it("carries the caller's ids", async () => {
    const log = recordedLog();
    const headers = {
      'x-client-trace-id': 'c',
      'x-operation-hash': 'h',
      'openai-conversation-id': 'conv',
      'openai-gpt-id': 'g',
      'openai-ephemeral-user-id': 'u',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    await ask(gateway(), call('GET', '/artists/1', { log, headers }));
    expect(jsonLines(log, CALL)[0]).toMatchObject({
      x_client_trace_id: 'c',
      x_operation_hash: 'h',
      openai_conversation_id: 'conv',
      openai_gpt_id: 'g',
      openai_ephemeral_user_id: 'u',
      traceparent: headers.traceparent,
    });
  });

  it("tells Discogs' status from ours", async () => {
    const log = recordedLog();
    const fetcher = fakeFetcher(answer(503, ''));
    await ask(gateway({ fetcher }), call('GET', '/releases/1', { log }));
    expect(jsonLines(log, CALL)[0]).toMatchObject({
      status: 503,
      client_status: 502,
      source: 'discogs',
      error: 'upstream_error',
      attempts: 2,
    });
    expect(log.lines[0]).toEqual({
      level: 'warn',
      line: 'transient_retry attempt=1 backoff_s=0.25 error_type=Http503',
    });
  });

  it('is written for a timeout too, beside the lines that the alerts look for', async () => {
    const log = recordedLog();
    await ask(gateway({ fetcher: fakeFetcher(timeout) }), call('GET', '/database/search?q=a', { log }));
    expect(log.lines.map(({ line }) => line)).toEqual([
      'transient_retry attempt=1 backoff_s=0.25 error_type=TimeoutException',
      expect.stringMatching(/^Timeout contacting Discogs path=\/database\/search /),
      expect.stringContaining('"entity":"search"'),
    ]);
    expect(jsonLines(log, CALL)[0]).toMatchObject({
      status: 504,
      client_status: 504,
      source: 'proxy',
      error: 'timeout',
      attempts: 2,
    });
  });

  it('is not written for ping', async () => {
    const log = recordedLog();
    await ask(gateway(), call('GET', '/ping', { log }));
    expect(log.lines).toEqual([]);
  });
});

describe('the trace of a refusal', () => {
  it('names error and reason, and no input', async () => {
    const log = recordedLog();
    await ask(gateway(), call('GET', '/artists/1', { log, headers: { 'x-api-key': 'guess' } }));
    await ask(gateway(), call('GET', '/database/search?type=strange', { log }));
    expect(jsonLines(log, REJECTED)).toEqual([
      expect.objectContaining({ status: 401, error: 'unauthorized', reason: 'api_key_mismatch' }),
      expect.objectContaining({ status: 400, error: 'invalid_request', reason: 'invalid_parameter' }),
    ]);
    expect(JSON.stringify(log.lines)).not.toMatch(/guess|strange/);
  });

  it('is written at most ten times a second, and then counted', async () => {
    const log = recordedLog();
    let now = 1_000_000;
    const one = gateway({ now: () => now });
    const refused = () => one.handle(call('GET', '/nowhere', { log }));
    for (let index = 0; index < 25; index += 1) await refused();
    expect(log.lines).toHaveLength(10);
    now += 1000;
    await one.handle(call('GET', '/ping', { log }));
    expect(jsonLines(log, REJECTED)[10]).toEqual({ event: 'discogs_proxy_rejected', suppressed: 15 });
  });
});

describe('DEBUG_REQUEST_LOG', () => {
  const SHOWN = {
    accept: '*/*',
    'cache-control': 'no-cache',
    'content-type': 'application/json',
    'if-none-match': '"an-etag"',
    'openai-conversation-id': 'a-conversation',
    traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`,
    'user-agent': 'Example/1.0',
    'x-action-operation-hash': 'a-hash',
    'x-client-trace-id': 'a-trace',
  };
  /** Credentials of this gateway, of Azure, of other gateways in front, and names that nobody thought of. */
  const HIDDEN = [
    ...['api-key', 'apikey', 'ocp-apim-subscription-key', 'x-authorization', 'x-forwarded-authorization'],
    ...[
      'x-ms-client-principal',
      'x-arr-clientcert',
      'set-cookie',
      'x-session',
      'signature',
      'x-plain',
      'forwarded',
    ],
    ...['x-forwarded-for', 'cf-access-jwt-assertion', 'x-original-url', 'referer', 'openai-subscription'],
  ];

  it('shows the values of headers that it knows to be harmless, and of all others the names alone', async () => {
    const log = recordedLog();
    const one = gateway({ environment: { DEBUG_REQUEST_LOG: 'true' } });
    const headers = {
      ...SHOWN,
      ...Object.fromEntries(HIDDEN.map((name) => [name, `hidden value of ${name}`])),
    };
    await ask(one, call('GET', '/artists/1', { log, headers }));
    const [debug] = jsonLines(log, 'http_request_debug: ');
    expect(debug).toMatchObject({
      headers: { ...SHOWN, ...Object.fromEntries(HIDDEN.map((name) => [name, '***'])) },
    });
    expect(JSON.stringify(log.lines)).not.toContain('hidden value');
  });

  it('shows what was sent with every credential masked', async () => {
    const log = recordedLog();
    const headers = {
      'x-api-key': 'the-key',
      authorization: 'Basic hidden1',
      cookie: 'hidden2',
      'x-functions-key': 'hidden3',
      'x-ms-token-aad-id-token': 'hidden4',
      'x-original-url': '/api/x?code=hidden5',
      accept: '*/*',
    };
    const one = gateway({ environment: { DEBUG_REQUEST_LOG: 'true' } });
    await ask(one, call('GET', '/database/search?query=it%27s&token=hidden6&code=hidden7', { log, headers }));
    const [debug] = jsonLines(log, 'http_request_debug: ');
    expect(debug).toMatchObject({
      method: 'GET',
      upstream_path: '/database/search',
      query: { q: "it's" },
      headers: { accept: '*/*', 'x-api-key': '***' },
    });
    expect(JSON.stringify(log.lines)).not.toMatch(/hidden|the-key|the-token/);
  });
});
