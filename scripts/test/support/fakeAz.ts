/** A stand-in for `az`: records every call, refuses what the real one refuses, and keeps a small Azure in a state. */

import { readCall } from './azArguments.ts';
import type { AzState } from './azState.ts';
import { ANSWERS, AzError } from './fakeAnswers.ts';

export interface FakeReply {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const error = (text: string, code = 1): FakeReply => ({ code, stdout: '', stderr: `ERROR: ${text}\n` });

function answer(state: AzState, args: readonly string[], input: string): FakeReply {
  const call = readCall(args);
  if ('error' in call) return error(call.error, 2);
  if (!state.loggedIn) return error("Please run 'az login' to setup account.");
  const named = call.options['--subscription'];
  if (named !== undefined && named !== state.subscriptionId) {
    return error(`Subscription '${named}' not found. Check the spelling and casing and try again.`);
  }
  const act = ANSWERS[call.command];
  if (!act) throw new Error(`the stand-in has no answer for: az ${call.command}`);
  try {
    const given = Object.entries(call.options).map(([name, value]) => [name, value === '@-' ? input : value]);
    const result = act(state, Object.fromEntries(given));
    return {
      code: 0,
      stdout: call.options['--output'] === 'none' ? '' : JSON.stringify(result ?? null),
      stderr: '',
    };
  } catch (problem) {
    if (problem instanceof AzError) return error(problem.message);
    throw problem;
  }
}

/** Answers one call and changes the state. `input` is what an argument `@-` stands for. */
export function fakeAz(state: AzState, args: readonly string[], input = ''): FakeReply {
  state.calls.push([...args]);
  const line = args.join(' ');
  const index = state.faults.findIndex(({ command }) => line.includes(command));
  if (index === -1) return answer(state, args, input);
  const [fault] = state.faults.splice(index, 1);
  if (fault?.after) answer(state, args, input);
  return error(fault?.stderr ?? '');
}
