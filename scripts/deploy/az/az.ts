/** The one door to the Azure CLI: JSON out, checked by a schema; failures as data. */
import type { z } from 'zod';
import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { classify } from './classify.ts';

/** One call. */
export interface AzCall {
  /** Completes "while …" in messages. */
  readonly doing: string;
  readonly args: readonly string[];
  /**
   * Standard input, for which the argument `@-` stands (seen in the code of az 2.91.0, and tried there with each command
   * that uses it). A secret given this way is in no file and in no list of processes.
   */
  readonly input?: string | undefined;
  /** Default: three minutes. */
  readonly timeoutSeconds?: number;
  /** Runs although Ctrl-C was pressed: it puts something back. */
  readonly evenIfInterrupted?: boolean;
}

const USUAL_TIMEOUT_SECONDS = 180;

/** Runs `az` and gives its text; JSON unless the arguments say otherwise. */
export async function azText(context: DeployContext, call: AzCall): Promise<Outcome<string>> {
  const { doing, args, input, timeoutSeconds: seconds = USUAL_TIMEOUT_SECONDS } = call;
  if (context.interruption.aborted && !call.evenIfInterrupted) return failed({ kind: 'interrupted', doing });
  const format = args.includes('--output') ? [] : ['--output', 'json'];
  const reply = await context.az([...args, ...format], seconds * 1000, input);
  switch (reply.ended) {
    case 'missing':
      return failed({ kind: 'az_missing' });
    case 'timed_out':
      return failed({ kind: 'timed_out', doing, seconds });
    case 'unsafe':
      return failed({ kind: 'unsafe_argument', argument: reply.argument });
    case 'exited':
      return reply.code === 0 ? done(reply.stdout) : failed(classify(doing, reply.stderr));
    default:
      return reply satisfies never;
  }
}

/** Runs `az` and reads its JSON. */
export async function az<T>(context: DeployContext, call: AzCall, schema: z.ZodType<T>): Promise<Outcome<T>> {
  const text = await azText(context, call);
  if (!text.ok) return text;
  let json: unknown;
  try {
    json = text.value.trim() === '' ? null : JSON.parse(text.value);
  } catch {
    return failed({ kind: 'unexpected_output', doing: call.doing, detail: 'not JSON' });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return done(parsed.data);
  // Paths only: the value may be a setting.
  const paths = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
  return failed({ kind: 'unexpected_output', doing: call.doing, detail: paths });
}
