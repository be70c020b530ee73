/**
 * Ids that callers send so that a trace of theirs can be found in ours. Logged, two echoed, never trusted: the
 * conversation's shares out slots among those of one key, no more.
 */

/** Longest id that is kept; a longer one is cut, so that nobody can fill the log. */
const MAX_ID_CHARS = 256;

const HEADERS = {
  x_client_trace_id: ['x-client-trace-id'],
  x_operation_hash: ['x-operation-hash', 'x-action-operation-hash'],
  openai_conversation_id: ['openai-conversation-id'],
  openai_gpt_id: ['openai-gpt-id'],
  openai_ephemeral_user_id: ['openai-ephemeral-user-id'],
  traceparent: ['traceparent'],
} as const;

/** Every header in which such an id may arrive. */
export const CORRELATION_HEADERS: readonly string[] = Object.values(HEADERS).flat();

export type Correlation = { readonly [Name in keyof typeof HEADERS]?: string };

/** Printable ASCII only: these values go into a response header and a log line. */
const clean = (value: string): string =>
  value
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, MAX_ID_CHARS)
    .trim();

/** The ids of a request, by their names in traces. */
export function correlationOf(header: (name: string) => string | undefined): Correlation {
  const found: Record<string, string> = {};
  for (const [name, headers] of Object.entries(HEADERS)) {
    for (const candidate of headers) {
      const value = clean(header(candidate) ?? '');
      if (value !== '') {
        found[name] = value;
        break;
      }
    }
  }
  return found;
}

/** The two that are sent back. */
export function echoHeaders(correlation: Correlation): Readonly<Record<string, string>> {
  const { x_client_trace_id: trace, x_operation_hash: hash } = correlation;
  return {
    ...(trace === undefined ? {} : { 'x-client-trace-id': trace }),
    ...(hash === undefined ? {} : { 'x-operation-hash': hash }),
  };
}
