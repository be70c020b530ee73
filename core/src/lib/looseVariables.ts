/**
 * Variables that the originals read leniently: a word is `true` or it is not, a number is its leading digits, and what has
 * none is the default. A deployed gateway keeps that reading; here is what was probably meant otherwise.
 */
import { type Environment, type SettingProblem, SWITCH_FIX, SWITCH_WORDS } from './environment.ts';

/** The words that are meant. */
interface Rule {
  readonly pattern: RegExp;
  readonly fix: string;
  readonly max?: number;
}

const SWITCH: Rule = { pattern: SWITCH_WORDS, fix: SWITCH_FIX };
const NUMBER = /^[1-9]\d{0,14}$/;
const SECONDS: Rule = { pattern: NUMBER, fix: 'must be a whole number of seconds, 1 or more' };
/** The broker keeps no search for longer. */
const MAX_SEARCH_TTL_SECONDS = 30 * 86_400;

const RULES: Readonly<Record<string, Rule>> = {
  DISABLE_CLIENT_KEY_CHECK: SWITCH,
  DEBUG_ERRORS: SWITCH,
  DEBUG_REQUEST_LOG: SWITCH,
  REWRITE_UPSTREAM_URLS: SWITCH,
  BROKER_ENABLED: SWITCH,
  SIGN_IN: SWITCH,
  ALLOW_UNAUTHENTICATED_BROKER: SWITCH,
  DEVICE_SESSION_TTL_SECONDS: SECONDS,
  SESSION_TOKEN_TTL_SECONDS: SECONDS,
  SEARCH_CACHE_TTL_SECONDS: {
    pattern: NUMBER,
    fix: `must be a whole number of seconds from 1 to ${MAX_SEARCH_TTL_SECONDS}, which is 30 days`,
    max: MAX_SEARCH_TTL_SECONDS,
  },
  DISCOGS_MIN_INTERVAL_MS: { pattern: NUMBER, fix: 'must be a whole number of milliseconds, 1 or more' },
};

/** What is set and is read as something that it does not say, each with the fix. Never holds the value. */
export function misreadVariables(environment: Environment): readonly SettingProblem[] {
  return Object.entries(RULES).flatMap(([variable, { pattern, fix, max = Infinity }]) => {
    const value = environment[variable]?.trim() ?? '';
    return value === '' || (pattern.test(value) && !(Number(value) > max)) ? [] : [{ variable, fix }];
  });
}
