/** Where the shared state is kept, as the environment says it. */

/** An account that trusts this app's identity, or a connection string. */
export type TablesAddress =
  | { readonly kind: 'identity'; readonly uri: string }
  | { readonly kind: 'connection'; readonly connectionString: string; readonly local: boolean };

/** A variable that cannot be used, with the fix. */
interface Problem {
  readonly variable: string;
  readonly fix: string;
}

/** What the environment decides about shared state. */
export interface StateSettings {
  /** Absent: this process' own memory. */
  readonly tables: TablesAddress | undefined;
  readonly problems: readonly Problem[];
}

const URI_FIX = 'must be the https address of an account, such as https://my-state.table.core.windows.net';
const CONNECTION_FIX = 'must be a connection string with a table endpoint, or UseDevelopmentStorage=true';

const isAccountAddress = (value: string): boolean => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === 'https:' && url.username + url.password + url.search + url.hash === '';
};

const LOCAL = /UseDevelopmentStorage=true|TableEndpoint=http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/i;
const REMOTE = /TableEndpoint=https:\/\/|AccountName=[^;]+;.*AccountKey=|AccountKey=[^;]+;.*AccountName=/i;

const bad = (variable: string, fix: string): StateSettings => ({
  tables: undefined,
  problems: [{ variable, fix }],
});

/** Reads `STATE_STORE`, `STATE_TABLES_URI` and `STATE_CONNECTION_STRING`. Values stay out of the problems. */
export function readStateSettings(variables: Readonly<Record<string, string | undefined>>): StateSettings {
  const value = (name: string): string | undefined => variables[name]?.trim() || undefined;
  const kind = value('STATE_STORE') ?? 'memory';
  const uri = value('STATE_TABLES_URI');
  const connectionString = value('STATE_CONNECTION_STRING');
  if (kind === 'memory') return { tables: undefined, problems: [] };
  if (kind !== 'tables') return bad('STATE_STORE', 'must be memory or tables');
  if (uri !== undefined && connectionString !== undefined) {
    return bad('STATE_CONNECTION_STRING', 'must be absent where STATE_TABLES_URI is set');
  }
  if (uri !== undefined) {
    if (!isAccountAddress(uri)) return bad('STATE_TABLES_URI', URI_FIX);
    return { tables: { kind: 'identity', uri: new URL(uri).origin }, problems: [] };
  }
  if (connectionString === undefined) {
    return bad('STATE_TABLES_URI', `${URI_FIX}, or set STATE_CONNECTION_STRING`);
  }
  const local = LOCAL.test(connectionString);
  if (!local && !REMOTE.test(connectionString)) return bad('STATE_CONNECTION_STRING', CONNECTION_FIX);
  return { tables: { kind: 'connection', connectionString, local }, problems: [] };
}
