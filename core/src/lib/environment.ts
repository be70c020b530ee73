/** Settings arrive as a plain record of variables; each host has one file that supplies it. */

/** A variable that cannot be used, with the fix; answered per request as 503, never thrown at start-up. */
export interface SettingProblem {
  readonly variable: string;
  /** What is wrong and what to write instead. Never holds the value. */
  readonly fix: string;
}

/** What a host knows about itself; the default User-Agent names it, as Discogs asks. */
export interface Product {
  readonly version: string;
  /** Shown in the User-Agent, where the package names one. */
  readonly repository?: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a switch may be, and what is said where it is something else. */
export const SWITCH_WORDS = /^(true|false)$/i;
export const SWITCH_FIX = 'must be true or false';

/** An http or https address without credentials, query or fragment. */
function isHttpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && username + password === '' && search === '' && hash === '';
}

/** Reads variables one by one and collects what cannot be used. */
export interface SettingsReader {
  /** The trimmed value; undefined where it is not set, or is not what it must be, which is then a problem. */
  checked(variable: string, accepts: (value: string) => boolean, fix: string): string | undefined;
  /** An address without slashes at its end. */
  url(variable: string): string | undefined;
  /** `true` or `false` in any case; undefined where it is not set, or is another word, which is then a problem. */
  isOn(variable: string): boolean | undefined;
  readonly problems: SettingProblem[];
}

/** Makes a reader. Never throws. */
export function settingsReader(environment: Environment): SettingsReader {
  const problems: SettingProblem[] = [];
  const checked: SettingsReader['checked'] = (variable, accepts, fix) => {
    const value = environment[variable]?.trim();
    if (value === undefined || value === '') return undefined;
    if (accepts(value)) return value;
    problems.push({ variable, fix });
    return undefined;
  };
  const fix = 'must be an http or https address without credentials, query or fragment';
  return {
    checked,
    url: (variable) => checked(variable, isHttpUrl, fix)?.replace(/\/+$/, ''),
    isOn: (variable) => {
      const word = checked(variable, (value) => SWITCH_WORDS.test(value), SWITCH_FIX);
      return word === undefined ? undefined : word.toLowerCase() === 'true';
    },
    problems,
  };
}

/** The platform leaves its own notation in place of a value that it could not fetch. */
export function isUnresolvedReference(value: string): boolean {
  return value.startsWith('@Microsoft.KeyVault(');
}
