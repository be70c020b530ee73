/** The side that asks: one look-up over HTTP, looked at closely. */
import { Agent } from 'undici';
import { API_KEY } from '../../load/runLoad.ts';

/** What a caller got. */
export interface RealReply {
  readonly ok: boolean;
  readonly ageSeconds: number;
}

/** Asks for releases. */
export interface Caller {
  /**
   * Rejects for a 200 that is not the release that was asked for, because a fast wrong answer would win, and for
   * refusals that have nothing to do with the budget.
   */
  ask(port: number, target: string, conversation: string): Promise<RealReply>;
  close(): Promise<void>;
}

const HEADERS = { 'x-api-key': API_KEY, 'user-agent': 'discogs-agent-bench', accept: 'application/json' };
const REFUSALS = new Set([429, 503]);

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Seconds since the origin said it: by `Age`, or by the origin's own `Date` where that is passed on.
 * @see https://www.rfc-editor.org/rfc/rfc9111.html#section-4.2.3
 */
export function ageOf(headers: Headers, nowMs: number): number {
  const sinceDate = (nowMs - Date.parse(String(headers['date']))) / 1000;
  return Math.max(Number(headers['age'] ?? 0), Number.isNaN(sinceDate) ? 0 : Math.floor(sinceDate));
}

function idIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, 'id') : undefined;
}

/** One that opens as many connections as there are look-ups under way. */
export function createCaller(): Caller {
  const agent = new Agent({ connections: null });
  return {
    async ask(port, target, conversation) {
      const { statusCode, headers, body } = await agent.request({
        origin: `http://127.0.0.1:${port}`,
        method: 'GET',
        path: `/api${target}`,
        headers: { ...HEADERS, 'openai-conversation-id': conversation },
      });
      const text = await body.text();
      const ok = statusCode === 200;
      if (!ok && !REFUSALS.has(statusCode)) {
        throw new Error(`${statusCode} to ${target}: ${text.slice(0, 200)}`);
      }
      if (ok && target !== `/releases/${idIn(JSON.parse(text))}`) {
        throw new Error(`a wrong answer to ${target}: ${text.slice(0, 200)}`);
      }
      return { ok, ageSeconds: ageOf(headers, Date.now()) };
    },
    close: () => agent.close(),
  };
}
