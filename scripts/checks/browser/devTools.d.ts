/** A page that is driven from here. */
export interface Page {
  /** Sends one command of the protocol, such as `Page.navigate`. */
  command(method: string, params?: object): Promise<Record<string, unknown>>;
  /** The value of a JavaScript expression in the page. */
  value(expression: string): Promise<unknown>;
  /** Waits until `expression` is true; rejects, naming it, when it stays false. */
  until(expression: string, limitMs?: number): Promise<void>;
  /** What the page, or its policy, has complained about. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}
/** Starts `chromium` with an empty profile, and `more` flags, and drives its first page. */
export declare function openPage(chromium: string, more?: readonly string[]): Promise<Page>;
